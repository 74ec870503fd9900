package io.warren.provisioning.enrollment;

import static org.assertj.core.api.Assertions.assertThat;

import io.warren.contracts.device.DeviceId;
import io.warren.provisioning.attestation.Refusal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
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

        assertThat(enrollment.admit(PUMP, NOW)).isEmpty();
        assertThat(enrollment.door().policy().deviceType()).isEqualTo("pump");
        assertThat(enrollment.door().policy().tags()).containsOnly(Map.entry("site", "lyon"));
    }

    @Test
    void theSameDeviceIsLetInAgain() {
        Enrollment enrollment = enrollment(null, null);
        enrollment.admit(PUMP, NOW);

        assertThat(enrollment.admit(PUMP, NOW.plusSeconds(3600))).isEmpty();
    }

    @Test
    void aSecondDeviceIsNotLetIn() {
        Enrollment enrollment = enrollment(null, null);
        enrollment.admit(PUMP, NOW);

        assertThat(enrollment.admit(OTHER, NOW)).map(Refusal::kind).hasValue(Refusal.Kind.USED);
        assertThat(enrollment.view(NOW).claimedBy()).isEqualTo("pump-17");
    }

    @Test
    void anEnrolmentForOneDeviceLetsNoOtherIn() {
        assertThat(enrollment(PUMP, null).admit(OTHER, NOW)).map(Refusal::kind).hasValue(Refusal.Kind.OTHER_DEVICE);
    }

    @Test
    void anEnrolmentEndsAtItsExpiry() {
        assertThat(enrollment(null, NOW).admit(PUMP, NOW.minusNanos(1000))).isEmpty();
        assertThat(enrollment(null, NOW).admit(PUMP, NOW)).map(Refusal::kind).hasValue(Refusal.Kind.UNPROVEN);
    }

    @Test
    void aRevokedEnrolmentLetsNobodyInNotEvenItsOwnDevice() {
        Enrollment enrollment = enrollment(null, null);
        enrollment.admit(PUMP, NOW);

        assertThat(enrollment.revoke(NOW)).isTrue();
        assertThat(enrollment.revoke(NOW)).isFalse();
        assertThat(enrollment.admit(PUMP, NOW)).map(Refusal::kind).hasValue(Refusal.Kind.UNPROVEN);
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
                token,
                new EnrollmentRequest(
                        EnrollmentRequest.Attestation.CLAIM_TOKEN, device, "pump", Map.of("site", "lyon"), expiresAt),
                NOW.minusSeconds(60));
    }
}
