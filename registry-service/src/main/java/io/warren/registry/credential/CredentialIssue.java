package io.warren.registry.credential;

import static java.util.stream.Collectors.toSet;

import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.device.DeviceId;
import io.warren.contracts.device.TenantId;
import io.warren.contracts.registry.CredentialEvent;
import io.warren.contracts.registry.RegistrationRequest;
import io.warren.contracts.registry.RegistryEvents;
import io.warren.platform.outbox.Outbox;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.registry.device.AccessChanged;
import io.warren.registry.device.Devices;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
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

    private static final ProblemKind RENEWAL_REFUSED =
            new ProblemKind("renewal-refused", HttpStatus.FORBIDDEN, "Renewal refused");

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
        return add(new Credential(address, proof, clock.instant()));
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
            throw tooManyCertificates();
        }
        ended.forEach(credential -> remove(credential));
        return add(new Credential(address, certificate, clock.instant()));
    }

    /** Whether a device has two certificates that have not ended. */
    boolean isFull(DeviceAddress address) {
        Instant now = clock.instant();
        return credentials.of(address, Credential.CERTIFICATE).stream()
                        .filter(credential -> !credential.hasExpired(now))
                        .count()
                >= MOST;
    }

    static ProblemException tooManyCertificates() {
        return new ProblemException(TOO_MANY, "A device has at most " + MOST + " certificates: delete one first.");
    }

    /**
     * That devices can prove themselves with what they were given.
     *
     * @param newly those that could not before
     * @param at since when; what is taken away from them after that says a later time
     */
    public record Proven(Set<DeviceId> newly, Instant at) {}

    /**
     * Sees to it that devices of a tenant can connect with what provisioning has given them, in place of the oldest of the kind where
     * there are two. Part of the caller's transaction, which has locked the devices.
     *
     * @param replaced those of them that are other boards from now on, which keep nothing else to prove themselves with
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public Proven admitAll(TenantId tenant, Map<DeviceId, Proof> given, Set<DeviceId> replaced) {
        Map<DeviceId, List<Credential>> existing = credentials.of(tenant, given.keySet());
        List<Credential> added = new ArrayList<>();
        List<Credential> withdrawn = new ArrayList<>();
        List<Credential> superseded = new ArrayList<>();
        Instant now = clock.instant();
        given.forEach((device, proof) -> {
            List<Credential> had = existing.getOrDefault(device, List.of());
            boolean isNew = had.stream().noneMatch(credential -> credential.isOf(proof));
            Credential next = new Credential(new DeviceAddress(tenant, device), proof, now);
            if (isNew) {
                added.add(next);
            }
            if (replaced.contains(device)) {
                had.stream().filter(credential -> !credential.isOf(proof)).forEach(withdrawn::add);
            } else if (isNew) {
                List<Credential> ofKind = had.stream()
                        .filter(credential -> credential.kind().equals(next.kind()))
                        .toList();
                ofKind.stream().limit(Math.max(0, ofKind.size() + 1 - MOST)).forEach(superseded::add);
            }
        });
        removeAll(withdrawn, null);
        removeAll(superseded, CredentialEvent.SUPERSEDED);
        addAll(added);
        return new Proven(
                added.stream().map(credential -> credential.address().device()).collect(toSet()), now);
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
            remove(credential);
        }
    }

    /**
     * Admits the next certificate of a device beside the current one, which the device has until it ends, in place of any other.
     *
     * @param current SHA-256 of the current one
     * @throws ProblemException if the device may not connect with the current one, whatever was found before
     */
    @Transactional
    public Proven renew(DeviceAddress address, byte[] current, RegistrationRequest.Certificate next) {
        devices.hold(address);
        Instant now = clock.instant();
        DeviceCertificate certificate =
                new DeviceCertificate(HexFormat.of().parseHex(next.sha256()), next.serial(), next.expiresAt());
        List<Credential> existing = credentials.of(address, Credential.CERTIFICATE);
        if (!devices.isEnabled(address)
                || existing.stream()
                        .noneMatch(credential -> credential.isOfCertificate(current) && !credential.hasExpired(now))) {
            throw new ProblemException(
                    RENEWAL_REFUSED, "The device may not connect with its current certificate any more.");
        }
        if (existing.stream().anyMatch(credential -> credential.isOf(certificate))) {
            return new Proven(Set.of(), now);
        }
        removeAll(
                existing.stream()
                        .filter(credential -> !credential.isOfCertificate(current))
                        .toList(),
                CredentialEvent.SUPERSEDED);
        add(new Credential(address, certificate, now));
        return new Proven(Set.of(address.device()), now);
    }

    /** Takes a credential away; connections opened with it are closed. */
    @Transactional
    void revoke(DeviceAddress address, UUID id) {
        devices.hold(address);
        remove(credentials
                .find(address, id)
                .orElseThrow(() -> new ProblemException(NOT_FOUND, "The device has no such credential.")));
    }

    private Credential add(Credential credential) {
        addAll(List.of(credential));
        return credential;
    }

    private void addAll(List<Credential> added) {
        added.forEach(credentials::add);
        tell(CredentialEvent.ADDED, added, null);
        added.forEach(credential -> events.publishEvent(new AccessChanged(credential.address(), false)));
    }

    private void remove(Credential credential) {
        removeAll(List.of(credential), null);
    }

    /** Connections that could still be opened are closed; what has ended makes room without a device noticing. */
    private void removeAll(List<Credential> removed, @Nullable String reason) {
        Instant now = clock.instant();
        removed.forEach(credentials::remove);
        tell(CredentialEvent.REVOKED, removed, reason);
        removed.forEach(credential ->
                events.publishEvent(new AccessChanged(credential.address(), !credential.hasExpired(now))));
    }

    private void tell(String type, List<Credential> changed, @Nullable String reason) {
        Instant now = clock.instant();
        outbox.appendAll(
                RegistryEvents.EXCHANGE,
                changed.stream()
                        .map(credential -> new Outbox.Event(type, credential.event(reason, now)))
                        .toList());
    }
}
