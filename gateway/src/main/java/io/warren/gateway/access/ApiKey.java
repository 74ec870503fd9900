package io.warren.gateway.access;

import io.warren.contracts.device.TenantId;
import io.warren.platform.security.Role;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.security.MessageDigest;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An API key. Its secret is not here, only the hash of it. */
@Entity
class ApiKey {

    @Id
    private String id;

    private @Nullable String tenant;
    private Role role;
    private String name;
    private byte[] secretHash;
    private Instant createdAt;
    private @Nullable Instant expiresAt;

    @Version
    private long version;

    @SuppressWarnings("NullAway.Init")
    protected ApiKey() {}

    /**
     * A key for a tenant, or for the platform if there is none.
     *
     * @throws IllegalArgumentException for a role that such a key cannot have
     */
    ApiKey(
            Credential credential,
            @Nullable TenantId tenant,
            Role role,
            String name,
            Instant createdAt,
            @Nullable Instant expiresAt) {
        if (!role.isForKeys() || (role == Role.PLATFORM_ADMIN && tenant != null)) {
            throw new IllegalArgumentException("An API key of this kind cannot have the role " + role.wireName());
        }
        this.id = credential.id();
        this.secretHash = credential.hash();
        this.tenant = tenant == null ? null : tenant.value();
        this.role = role;
        this.name = name;
        this.createdAt = createdAt;
        this.expiresAt = expiresAt;
    }

    /** Gives the key another secret; the one before is worth nothing from now on. */
    void rotate(Credential renewed) {
        secretHash = renewed.hash();
    }

    /** Whether the secret shown is this key's, found out in constant time. */
    boolean matches(Credential shown) {
        return MessageDigest.isEqual(secretHash, shown.hash());
    }

    boolean isExpired(Instant now) {
        return expiresAt != null && !now.isBefore(expiresAt);
    }

    boolean isBootstrap() {
        return id.equals(Credential.BOOTSTRAP_ID);
    }

    String id() {
        return id;
    }

    @Nullable
    TenantId tenant() {
        return tenant == null ? null : new TenantId(tenant);
    }

    Role role() {
        return role;
    }

    String name() {
        return name;
    }

    Instant createdAt() {
        return createdAt;
    }

    @Nullable
    Instant expiresAt() {
        return expiresAt;
    }

    @Override
    public String toString() {
        return "ApiKey[" + id + "]";
    }
}
