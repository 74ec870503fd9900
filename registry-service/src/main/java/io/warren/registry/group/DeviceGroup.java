package io.warren.registry.group;

import io.warren.contracts.device.TenantId;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A group of devices. Its members are not part of it: there may be very many. */
@Entity
class DeviceGroup {

    @EmbeddedId
    private GroupKey key;

    private @Nullable String name;
    private Instant createdAt;

    @SuppressWarnings("UnusedVariable") // so that a change of members is one of the group
    private Instant changedAt;

    @Version
    private long version;

    @SuppressWarnings("NullAway.Init")
    protected DeviceGroup() {}

    DeviceGroup(GroupKey key, @Nullable String name, Instant createdAt) {
        this.key = key;
        this.name = name;
        this.createdAt = createdAt;
        this.changedAt = createdAt;
        this.version = 1;
    }

    /** Gives the group another name. */
    void rename(@Nullable String newName, Instant at) {
        if (!Objects.equals(name, newName)) {
            name = newName;
            changedAt = at;
        }
    }

    /** Notes that other devices are in it now. */
    void membersChanged(Instant at) {
        changedAt = at;
    }

    TenantId tenant() {
        return new TenantId(key.tenant());
    }

    String id() {
        return key.id();
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
}
