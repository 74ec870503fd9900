package io.warren.registry.credential;

import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.registry.CredentialEvent;
import io.warren.contracts.registry.RegistrationRequest;
import io.warren.contracts.registry.RegistryEvents;
import io.warren.platform.outbox.Outbox;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.registry.device.AccessChanged;
import io.warren.registry.device.Devices;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Giving devices secrets, admitting their certificates, and taking both away. */
@Service
public class CredentialIssue {

    /** Two of a kind, so that a device can be given a new one while the old one still works. */
    private static final int MOST = 2;

    private static final ProblemKind TOO_MANY = new ProblemKind(
            "too-many-credentials", HttpStatus.CONFLICT, "The device has all the credentials it may have");

    private static final ProblemKind NOT_FOUND =
            new ProblemKind("credential-not-found", HttpStatus.NOT_FOUND, "No such credential");

    private final Devices devices;
    private final Credentials credentials;
    private final Outbox outbox;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    CredentialIssue(
            Devices devices, Credentials credentials, Outbox outbox, ApplicationEventPublisher events, Clock clock) {
        this.devices = devices;
        this.credentials = credentials;
        this.outbox = outbox;
        this.events = events;
        this.clock = clock;
    }

    /** Gives a device a secret, unless it has two. */
    @Transactional
    Credential issue(DeviceAddress address, SecretProof proof) {
        devices.hold(address);
        if (credentials.of(address, Credential.SECRET).size() >= MOST) {
            throw new ProblemException(TOO_MANY, "A device has at most " + MOST + " secrets: delete one first.");
        }
        return add(address, new Credential(address, proof, clock.instant()));
    }

    /**
     * Admits a certificate of a device, unless it has two; one that has ended makes room. The same one again is harmless.
     */
    @Transactional
    Credential admit(DeviceAddress address, DeviceCertificate certificate) {
        devices.hold(address);
        List<Credential> existing = credentials.of(address, Credential.CERTIFICATE);
        Optional<Credential> same = existing.stream()
                .filter(credential -> credential.isOf(certificate))
                .findFirst();
        if (same.isPresent()) {
            return same.get();
        }
        List<Credential> ended = existing.stream()
                .filter(credential -> credential.hasExpired(clock.instant()))
                .toList();
        if (existing.size() - ended.size() >= MOST) {
            throw new ProblemException(TOO_MANY, "A device has at most " + MOST + " certificates: delete one first.");
        }
        ended.forEach(credential -> remove(address, credential));
        return add(address, new Credential(address, certificate, clock.instant()));
    }

    /**
     * Sees to it that a device can connect with a secret that only it knows; in place of its oldest one if it has two. Part of
     * the caller's transaction.
     *
     * @return whether the device did not have this secret before
     */
    @Transactional
    public boolean admit(DeviceAddress address, SecretProof proof) {
        devices.hold(address);
        List<Credential> existing = credentials.of(address, Credential.SECRET);
        if (existing.stream().anyMatch(credential -> credential.isOf(proof))) {
            return false;
        }
        if (existing.size() >= MOST) {
            remove(address, existing.getFirst());
        }
        add(address, new Credential(address, proof, clock.instant()));
        return true;
    }

    /**
     * Sees to it that a device can connect with a certificate that provisioning has issued to it; in place of its oldest one if it
     * has two. Part of the caller's transaction.
     *
     * @return whether the device did not have this certificate before
     */
    @Transactional
    public boolean admitIssued(DeviceAddress address, DeviceCertificate certificate) {
        devices.hold(address);
        List<Credential> existing = credentials.of(address, Credential.CERTIFICATE);
        if (existing.stream().anyMatch(credential -> credential.isOf(certificate))) {
            return false;
        }
        if (existing.size() >= MOST) {
            remove(address, existing.getFirst());
        }
        add(address, new Credential(address, certificate, clock.instant()));
        return true;
    }

    /**
     * Takes a certificate away that its authority has revoked; connections are closed. Nothing happens if the device is gone or has no
     * such certificate.
     *
     * @param sha256 SHA-256 of its encoding (DER)
     */
    @Transactional
    void revoked(DeviceAddress address, byte[] sha256) {
        for (Credential credential : credentials.lock(address, sha256)) {
            remove(address, credential);
        }
    }

    /**
     * Admits the next certificate of a device beside the current one, which the device has until it ends, in place of any other.
     *
     * @param current SHA-256 of the current one
     * @return whether the next one was not admitted before
     */
    @Transactional
    public boolean renew(DeviceAddress address, byte[] current, RegistrationRequest.Certificate next) {
        devices.hold(address);
        DeviceCertificate certificate =
                new DeviceCertificate(HexFormat.of().parseHex(next.sha256()), next.serial(), next.expiresAt());
        List<Credential> existing = credentials.of(address, Credential.CERTIFICATE);
        if (existing.stream().anyMatch(credential -> credential.isOf(certificate))) {
            return false;
        }
        existing.stream()
                .filter(credential -> !credential.isOfCertificate(current))
                .forEach(credential -> remove(address, credential));
        add(address, new Credential(address, certificate, clock.instant()));
        return true;
    }

    /** Takes a credential away; connections opened with it are closed. */
    @Transactional
    void revoke(DeviceAddress address, UUID id) {
        devices.hold(address);
        remove(
                address,
                credentials
                        .find(address, id)
                        .orElseThrow(() -> new ProblemException(NOT_FOUND, "The device has no such credential.")));
    }

    /**
     * Takes away all that a device has to prove itself with but one, because it is another board from now on. Part of the caller's
     * transaction.
     *
     * @param sha256 SHA-256 of the secret or the certificate that stays
     */
    @Transactional
    public void keepOnly(DeviceAddress address, byte[] sha256) {
        devices.hold(address);
        credentials.of(address).stream()
                .filter(credential -> !credential.isOf(sha256))
                .forEach(credential -> remove(address, credential));
    }

    private Credential add(DeviceAddress address, Credential credential) {
        credentials.add(credential);
        outbox.append(RegistryEvents.EXCHANGE, CredentialEvent.ADDED, credential.event(clock.instant()));
        events.publishEvent(new AccessChanged(address, false));
        return credential;
    }

    private void remove(DeviceAddress address, Credential credential) {
        credentials.remove(credential);
        outbox.append(RegistryEvents.EXCHANGE, CredentialEvent.REVOKED, credential.event(clock.instant()));
        events.publishEvent(new AccessChanged(address, true));
    }
}
