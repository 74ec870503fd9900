package io.warren.registry.tenant;

import io.warren.contracts.device.TenantId;
import io.warren.contracts.registry.TenantEvent;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Whom devices belong to. */
@Entity
class Tenant {

    @Id
    private String id;

    private @Nullable String name;
    private Instant createdAt;

    @Version
    private long version;

    @SuppressWarnings("NullAway.Init")
    protected Tenant() {}

    Tenant(TenantId id, @Nullable String name, Instant createdAt) {
        this.id = id.value();
        this.name = name;
        this.createdAt = createdAt;
        this.version = 1;
    }

    /** Gives the tenant another name; says whether it was another. */
    boolean rename(@Nullable String newName) {
        boolean differs = !Objects.equals(name, newName);
        name = newName;
        return differs;
    }

    String id() {
        return id;
    }

    @Nullable
    String name() {
        return name;
    }

    Instant createdAt() {
        return createdAt;
    }

    long version() {
        return version;
    }

    TenantEvent event(Instant at) {
        return new TenantEvent(id, version, name, at);
    }
}
