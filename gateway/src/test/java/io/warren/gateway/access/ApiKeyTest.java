package io.warren.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.warren.contracts.device.TenantId;
import io.warren.platform.security.Role;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ApiKeyTest {

    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final TenantId ACME = new TenantId("acme");

    private final Credential credential = Credential.generate();

    @Test
    void a_key_is_opened_by_its_own_secret_only() {
        ApiKey key = key(ACME, Role.VIEWER, null);
        assertThat(key.matches(credential)).isTrue();
        assertThat(key.matches(Credential.renew(credential.id()))).isFalse();
    }

    @Test
    void after_rotation_the_old_secret_is_worth_nothing() {
        ApiKey key = key(ACME, Role.VIEWER, null);
        Credential renewed = Credential.renew(credential.id());
        key.rotate(renewed);
        assertThat(key.matches(credential)).isFalse();
        assertThat(key.matches(renewed)).isTrue();
    }

    @Test
    void a_key_is_expired_from_the_very_moment_on() {
        ApiKey key = key(ACME, Role.VIEWER, NOW.plusSeconds(10));
        assertThat(key.isExpired(NOW.plusSeconds(9))).isFalse();
        assertThat(key.isExpired(NOW.plusSeconds(10))).isTrue();
        assertThat(key(ACME, Role.VIEWER, null).isExpired(Instant.MAX)).isFalse();
    }

    @Test
    void no_tenant_has_a_platform_administrator() {
        assertThatIllegalArgumentException().isThrownBy(() -> key(ACME, Role.PLATFORM_ADMIN, null));
        assertThat(key(null, Role.PLATFORM_ADMIN, null).role()).isEqualTo(Role.PLATFORM_ADMIN);
    }

    @Test
    void no_key_has_the_role_of_a_device() {
        assertThatIllegalArgumentException().isThrownBy(() -> key(ACME, Role.DEVICE, null));
    }

    private ApiKey key(@Nullable TenantId tenant, Role role, @Nullable Instant expiresAt) {
        return new ApiKey(credential, tenant, role, "a test's", NOW, expiresAt);
    }
}
