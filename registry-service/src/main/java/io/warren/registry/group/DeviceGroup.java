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
    private @Nullable String filter;
    private Instant createdAt;

    @SuppressWarnings("UnusedVariable") // so that a change of members is one of the group
    private Instant changedAt;

    @Version
    private long version;

    @SuppressWarnings("NullAway.Init")
    protected DeviceGroup() {}

    DeviceGroup(GroupKey key, GroupDescription description, Instant createdAt, long version) {
        this.key = key;
        this.name = description.name();
        this.filter = description.filter();
        this.createdAt = createdAt;
        this.changedAt = createdAt;
        this.version = version;
    }

    /** Gives the group another name, and another expression or none; answers whether it has. */
    boolean describe(GroupDescription description, Instant at) {
        boolean differs = !Objects.equals(name, description.name()) || !Objects.equals(filter, description.filter());
        if (differs) {
            name = description.name();
            filter = description.filter();
            changedAt = at;
        }
        return differs;
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

    /** The expression that is true of the devices in it; absent if it is a list. */
    @Nullable
    String filter() {
        return filter;
    }

    Instant createdAt() {
        return createdAt;
    }

    long version() {
        return version;
    }
}
