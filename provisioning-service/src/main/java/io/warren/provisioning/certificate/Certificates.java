package io.warren.provisioning.certificate;

import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.device.TenantId;
import io.warren.contracts.provisioning.CertificateEvent;
import io.warren.contracts.provisioning.EnrollmentEvent;
import io.warren.platform.outbox.Outbox;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.platform.web.Cursor;
import io.warren.platform.web.NewestFirst;
import io.warren.platform.web.Page;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.data.domain.Limit;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The certificates of a tenant's devices: found and revoked. */
@Component
public class Certificates {

    private static final ProblemKind NOT_FOUND =
            new ProblemKind("certificate-not-found", HttpStatus.NOT_FOUND, "No such certificate");

    private final CertificateRepository certificates;
    private final Outbox outbox;
    private final ApplicationEventPublisher listeners;
    private final Clock clock;

    Certificates(CertificateRepository certificates, Outbox outbox, ApplicationEventPublisher listeners, Clock clock) {
        this.certificates = certificates;
        this.outbox = outbox;
        this.listeners = listeners;
        this.clock = clock;
    }

    @Transactional(readOnly = true)
    CertificateView get(TenantId tenant, String serial) {
        return certificates
                .findById(serial)
                .filter(certificate -> certificate.isOf(tenant) && !certificate.isWithheld())
                .orElseThrow(Certificates::notFound)
                .view(now());
    }

    @Transactional(readOnly = true)
    Page<CertificateView> list(TenantId tenant, CertificateFilter filter, @Nullable Cursor cursor, int limit) {
        NewestFirst<String> behind = NewestFirst.byName(cursor);
        Instant now = now();
        List<CertificateView> found = certificates
                .findBehind(
                        tenant.value(),
                        behind.createdAt(),
                        behind.id(),
                        filter.device() == null,
                        filter.device() == null ? "" : filter.device().value(),
                        filter.withRevoked(),
                        filter.withOthers(),
                        filter.endsAfter(now),
                        filter.endsBefore(now),
                        Limit.of(limit + 1))
                .stream()
                .map(certificate -> certificate.view(now))
                .toList();
        return Page.of(found, limit, last -> Cursor.after(last.issuedAt(), last.serial()));
    }

    /** Takes one back. Doing it again changes nothing, and tells whoever did not hear of it, or has admitted it since. */
    @Transactional
    CertificateView revoke(TenantId tenant, String serial, RevocationReason reason) {
        Certificate certificate = certificates
                .lockBySerial(serial)
                .filter(found -> found.isOf(tenant))
                .orElseThrow(Certificates::notFound);
        if (!revoke(certificate, reason)) {
            tell(certificate);
        }
        return certificate.view(now());
    }

    /**
     * Takes one back that its device has lost on the way. Nothing happens if the device has no such certificate, or it has ended, or was
     * admitted again.
     *
     * @param lostAt when that was
     */
    @Transactional
    public void revoke(DeviceAddress device, String serial, Instant lostAt, RevocationReason reason) {
        certificates
                .lockBySerial(serial)
                .filter(certificate -> certificate.device().equals(device)
                        && certificate.isGood(now())
                        && !certificate.wasAdmittedSince(lostAt))
                .ifPresent(certificate -> revoke(certificate, reason));
    }

    /**
     * Takes all certificates of a device back that were issued before; a device of the same name may come again, and be given one of them
     * again.
     */
    @Transactional
    public void revokeAll(DeviceAddress device, Instant before, RevocationReason reason) {
        certificates.hold(device.toString());
        certificates.lockGood(device.tenant().value(), device.device().value(), now()).stream()
                .filter(certificate -> certificate.issuedAt().isBefore(before) && !certificate.wasAdmittedSince(before))
                .forEach(certificate -> revoke(certificate, reason));
    }

    private boolean revoke(Certificate certificate, RevocationReason reason) {
        if (!certificate.revoke(reason, now())) {
            return false;
        }
        tell(certificate);
        listeners.publishEvent(new CertificateRevoked(certificate.issuer()));
        return true;
    }

    private void tell(Certificate certificate) {
        outbox.append(EnrollmentEvent.EXCHANGE, CertificateEvent.REVOKED, certificate.event(now()));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static ProblemException notFound() {
        return new ProblemException(NOT_FOUND, "This tenant has no such certificate.");
    }
}
