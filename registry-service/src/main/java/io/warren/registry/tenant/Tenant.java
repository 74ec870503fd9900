package io.warren.registry.tenant;

import io.warren.contracts.device.TenantId;
import io.warren.contracts.registry.TenantEvent;
import jakarta.persistence.Embedded;
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

    @Embedded
    private @Nullable Limits limits; // an embedded record of nulls is read as null

    private Instant createdAt;

    @Version
    private long version;

    @SuppressWarnings("NullAway.Init")
    protected Tenant() {}

    Tenant(TenantId id, @Nullable String name, Limits limits, Instant createdAt) {
        this.id = id.value();
        this.name = name;
        this.limits = limits;
        this.createdAt = createdAt;
        this.version = 1;
    }

    /** Takes over what is said of the tenant; says whether anything is different now. */
    boolean describe(@Nullable String newName, Limits newLimits) {
        boolean differs = !Objects.equals(name, newName) || !limits().equals(newLimits);
        name = newName;
        limits = newLimits;
        return differs;
    }

    String id() {
        return id;
    }

    @Nullable
    String name() {
        return name;
    }

    Limits limits() {
        return Objects.requireNonNullElse(limits, Limits.NONE);
    }

    Instant createdAt() {
        return createdAt;
    }

    long version() {
        return version;
    }

    TenantEvent event(long atVersion, Instant at) {
        return new TenantEvent(id, atVersion, name, limits().published(), at);
    }
}
