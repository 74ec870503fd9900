package io.warren.provisioning.certificate;

import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.provisioning.CertificateEvent;
import io.warren.contracts.provisioning.EnrollmentEvent;
import io.warren.platform.outbox.Outbox;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.platform.problem.Violation;
import io.warren.provisioning.issuing.Authorities;
import io.warren.provisioning.issuing.Authority;
import io.warren.provisioning.issuing.CertificateRequest;
import io.warren.provisioning.issuing.DeviceCertificates;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.bouncycastle.cert.X509CertificateHolder;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Gives devices their certificates. */
@Component
public class CertificateIssue {

    private static final ProblemKind TOO_MANY =
            new ProblemKind("too-many-certificates", HttpStatus.TOO_MANY_REQUESTS, "Too many certificates");

    /** Each that another takes the place of is on the list that the broker reads at every handshake, until it ends. */
    private static final int MOST_A_DAY = 10;

    private static final Duration DAY = Duration.ofDays(1);

    private final Authorities authorities;
    private final DeviceCertificates signing;
    private final CertificateRepository certificates;
    private final Outbox outbox;
    private final Clock clock;

    CertificateIssue(
            Authorities authorities,
            DeviceCertificates signing,
            CertificateRepository certificates,
            Outbox outbox,
            Clock clock) {
        this.authorities = authorities;
        this.signing = signing;
        this.certificates = certificates;
        this.outbox = outbox;
        this.clock = clock;
    }

    /**
     * Issues a certificate, in the caller's transaction if there is one. For the same key again the device gets the same certificate,
     * until two thirds of its life are over: a lost answer, or many at a time, make no second one.
     *
     * @param device who is sure to have asked
     * @param door what the device came through, for people: {@code enrollment-group:pumps}, {@code api}
     * @param registration the attempt to register that it is for, if it is for one
     * @throws ProblemException if the key is known to be compromised, there is no authority, or the device had ten within a day
     */
    @Transactional
    public IssuedCertificate issue(
            DeviceAddress device, CertificateRequest request, String door, @Nullable UUID registration) {
        Authority authority = authorities.issuing();
        byte[] key = request.keySha256();
        certificates.hold(device.toString());
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Optional<IssuedCertificate> earlier = earlier(device, key, now);
        if (earlier.isPresent()) {
            return earlier.get();
        }
        if (certificates.isCompromised(key)) {
            throw new ProblemException(
                    ProblemKind.INVALID,
                    "The certification request cannot be used.",
                    List.of(new Violation("/csr", "a certificate of its key was revoked because others may know it")));
        }
        requireRoom(device, now);
        X509CertificateHolder signed = signing.sign(authority, device, request, now);
        Certificate certificate = new Certificate(device, authority.id(), signed, key, door, registration, now);
        certificates.saveAndFlush(certificate);
        outbox.append(EnrollmentEvent.EXCHANGE, CertificateEvent.ISSUED, certificate.event(now));
        return certificate.with(authority.chainOf(signed), false);
    }

    /** The certificate that a device was given for the same key, if it is fresh. */
    @Transactional
    Optional<IssuedCertificate> again(DeviceAddress device, CertificateRequest request) {
        Instant now = clock.instant();
        return certificates
                .findGood(device.tenant().value(), device.device().value(), request.keySha256(), now)
                .filter(found -> found.isFresh(now) && !found.isWithheld())
                .flatMap(this::withChain);
    }

    /** Notes that a certificate did not go to its device, because the registry does not admit it. */
    @Transactional
    void withhold(IssuedCertificate issued) {
        certificates.withhold(issued.serial(), clock.instant());
    }

    /**
     * Notes that the registry has admitted a certificate once more, so that it is not among those that the device has lost before.
     *
     * @param admittedAt by the registry's clock, as it says when a device has lost one; absent if the registry does not say it
     * @return false if it was revoked meanwhile
     */
    @Transactional
    boolean confirm(IssuedCertificate issued, @Nullable Instant admittedAt) {
        return certificates.confirm(issued.serial(), Objects.requireNonNullElseGet(admittedAt, clock::instant)) == 1;
    }

    private Optional<IssuedCertificate> earlier(DeviceAddress device, byte[] key, Instant now) {
        return certificates
                .findGood(device.tenant().value(), device.device().value(), key, now)
                .filter(found -> found.isFresh(now))
                .flatMap(this::withChain);
    }

    private void requireRoom(DeviceAddress device, Instant now) {
        certificates
                .findIssuedBehind(device.tenant().value(), device.device().value(), MOST_A_DAY - 1)
                .map(issued -> Duration.between(now, issued.plus(DAY)))
                .filter(Duration::isPositive)
                .ifPresent(wait -> {
                    throw new ProblemException(
                            TOO_MANY, "A device gets " + MOST_A_DAY + " certificates a day at the most.", wait);
                });
    }

    /** With the authority that issued it, unless that is gone: then its certificates are as good as over. */
    private Optional<IssuedCertificate> withChain(Certificate certificate) {
        return authorities.find(certificate.issuer()).map(authority -> {
            boolean given = !certificate.isWithheld();
            certificate.release();
            return certificate.with(authority.chainOf(certificate.certificate()), given);
        });
    }
}
