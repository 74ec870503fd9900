package io.warren.provisioning.certificate;

import io.warren.contracts.device.DeviceId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which certificates are wanted; what is left out is not asked for.
 *
 * @param expiringBefore of those that have not ended, the ones that will have by then
 */
record CertificateFilter(
        @Nullable DeviceId device,
        CertificateView.@Nullable Status status,
        @Nullable Instant expiringBefore) {

    private static final Instant EVER = Instant.parse("9999-01-01T00:00:00Z");

    boolean withRevoked() {
        return status == null || status == CertificateView.Status.REVOKED;
    }

    boolean withOthers() {
        return status != CertificateView.Status.REVOKED;
    }

    Instant endsAfter(Instant now) {
        return status == CertificateView.Status.ACTIVE || expiringBefore != null ? now : Instant.EPOCH;
    }

    Instant endsBefore(Instant now) {
        if (status == CertificateView.Status.EXPIRED) {
            return now;
        }
        return expiringBefore == null || expiringBefore.isAfter(EVER) ? EVER : expiringBefore;
    }
}
