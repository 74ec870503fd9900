package io.warren.provisioning.enrollment;

import static org.assertj.core.api.Assertions.assertThat;

import io.warren.contracts.device.DeviceId;
import io.warren.provisioning.attestation.Refusal;
import io.warren.provisioning.policy.EnrollmentPolicy;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EnrollmentTest {

    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final DeviceId PUMP = new DeviceId("pump-17");
    private static final DeviceId OTHER = new DeviceId("pump-18");

    private final ClaimToken token = ClaimToken.random();

    @Test
    void theFirstDeviceIsLetInWithTypeAndTags() {
        Enrollment enrollment = enrollment(null, null);

        assertThat(admit(enrollment, PUMP, NOW)).isEmpty();
        assertThat(enrollment.door().policy().deviceType()).isEqualTo("pump");
        assertThat(enrollment.door().policy().tags()).containsOnly(Map.entry("site", "lyon"));
    }

    @Test
    void theSameDeviceIsLetInAgain() {
        Enrollment enrollment = enrollment(null, null);
        admit(enrollment, PUMP, NOW);

        assertThat(admit(enrollment, PUMP, NOW.plusSeconds(3600))).isEmpty();
    }

    @Test
    void aSecondDeviceIsNotLetIn() {
        Enrollment enrollment = enrollment(null, null);
        admit(enrollment, PUMP, NOW);

        assertThat(admit(enrollment, OTHER, NOW)).map(Refusal::kind).hasValue(Refusal.Kind.USED);
        assertThat(enrollment.view(NOW).claimedBy()).isEqualTo("pump-17");
    }

    @Test
    void anEnrolmentForOneDeviceLetsNoOtherIn() {
        assertThat(admit(enrollment(PUMP, null), OTHER, NOW)).map(Refusal::kind).hasValue(Refusal.Kind.OTHER_DEVICE);
    }

    @Test
    void anEnrolmentEndsAtItsExpiry() {
        assertThat(admit(enrollment(null, NOW), PUMP, NOW.minusNanos(1000))).isEmpty();
        assertThat(admit(enrollment(null, NOW), PUMP, NOW)).map(Refusal::kind).hasValue(Refusal.Kind.UNPROVEN);
    }

    @Test
    void aRevokedEnrolmentLetsNobodyInNotEvenItsOwnDevice() {
        Enrollment enrollment = enrollment(null, null);
        admit(enrollment, PUMP, NOW);

        assertThat(enrollment.revoke(NOW)).isTrue();
        assertThat(enrollment.revoke(NOW)).isFalse();
        assertThat(admit(enrollment, PUMP, NOW)).map(Refusal::kind).hasValue(Refusal.Kind.UNPROVEN);
    }

    @Test
    void anEnrolmentIsFoundByTenantAndTokenOnly() {
        Enrollment enrollment = enrollment(null, null);

        assertThat(enrollment.isOf("acme", token.sha256())).isTrue();
        assertThat(enrollment.isOf("globex", token.sha256())).isFalse();
        assertThat(enrollment.isOf("acme", ClaimToken.random().sha256())).isFalse();
    }

    @Test
    void aTokenHas256BitsAndStaysOutOfLogs() {
        assertThat(token.value().getBytes(StandardCharsets.US_ASCII)).hasSize(43);
        assertThat(token.toString()).doesNotContain(token.value());
    }

    private Enrollment enrollment(@Nullable DeviceId device, @Nullable Instant expiresAt) {
        return new Enrollment(
                new EnrollmentKey("acme", "line-1"),
                Proof.of(token),
                device,
                new EnrollmentPolicy(
                        "pump",
                        Map.of("site", "lyon"),
                        null,
                        null,
                        null,
                        expiresAt,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null),
                NOW.minusSeconds(60));
    }

    private static Optional<Refusal> admit(Enrollment enrollment, DeviceId device, Instant now) {
        Optional<Refusal> refusal = enrollment.refusal(device, enrollment.door(), now);
        if (refusal.isEmpty()) {
            enrollment.admit(device, now);
        }
        return refusal;
    }
}
