package io.warren.registry.device;

import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.device.DeviceId;
import io.warren.contracts.registry.DeviceEvent;
import jakarta.persistence.Column;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.annotations.OptimisticLock;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** A device as its tenant described it. Whether it is there is not part of it: see the presence package. */
@Entity
class Device {

    @EmbeddedId
    private DeviceKey key;

    private String type;
    private @Nullable String name;

    @JdbcTypeCode(SqlTypes.JSON)
    private Map<String, String> tags;

    @JdbcTypeCode(SqlTypes.JSON)
    private Map<String, String> identifiers;

    private @Nullable String gateway;
    private boolean enabled;

    /** Written as the firmware service tells of it, past this entity. */
    @Column(insertable = false, updatable = false)
    @JdbcTypeCode(SqlTypes.JSON)
    private Map<String, Object> firmware;

    private @Nullable String enrollment;

    /** The last attempt that let it in: nobody sees it, so that it makes no other version. */
    @OptimisticLock(excluded = true)
    private @Nullable String provisioned;

    private Instant createdAt;

    @Version
    private long version;

    @SuppressWarnings("NullAway.Init")
    protected Device() {}

    /**
     * A new device.
     *
     * @param origin what let it in, if it registered itself
     * @param version the first version: one more than the last of any device that had this address before
     */
    Device(
            DeviceAddress address,
            DeviceDescription description,
            @Nullable Origin origin,
            Instant createdAt,
            long version) {
        this.key = DeviceKey.of(address);
        this.type = description.type();
        this.name = description.name();
        this.tags = description.tags();
        this.identifiers = description.identifiers();
        this.gateway = gatewayOf(description);
        this.enabled = !Boolean.FALSE.equals(description.enabled());
        this.firmware = Map.of();
        this.enrollment = origin == null ? null : origin.enrollment();
        this.provisioned = origin == null ? null : origin.attempt();
        this.createdAt = createdAt;
        this.version = version;
    }

    /** Takes over a new description; says whether anything is different now. */
    boolean describe(DeviceDescription description) {
        boolean nowEnabled = Objects.requireNonNullElse(description.enabled(), enabled);
        if (type.equals(description.type())
                && Objects.equals(name, description.name())
                && tags.equals(description.tags())
                && identifiers.equals(description.identifiers())
                && Objects.equals(gateway, gatewayOf(description))
                && enabled == nowEnabled) {
            return false;
        }
        type = description.type();
        name = description.name();
        tags = description.tags();
        identifiers = description.identifiers();
        gateway = gatewayOf(description);
        enabled = nowEnabled;
        return true;
    }

    /** Belongs to what lets it in from now on; says whether the very same attempt did so before. */
    boolean letIn(Origin origin) {
        enrollment = origin.enrollment();
        String attempt = origin.attempt();
        if (attempt == null) {
            return false;
        }
        boolean again = attempt.equals(provisioned);
        provisioned = attempt;
        return again;
    }

    DeviceDescription description() {
        return new DeviceDescription(
                type, name, tags, identifiers, gateway == null ? null : new DeviceId(gateway), enabled);
    }

    private static @Nullable String gatewayOf(DeviceDescription description) {
        DeviceId gateway = description.gateway();
        return gateway == null ? null : gateway.value();
    }

    DeviceAddress address() {
        return key.address();
    }

    boolean enabled() {
        return enabled;
    }

    Map<String, Object> firmware() {
        return firmware;
    }

    @Nullable
    String enrollment() {
        return enrollment;
    }

    Instant createdAt() {
        return createdAt;
    }

    long version() {
        return version;
    }

    DeviceEvent event(long atVersion, Instant at) {
        return new DeviceEvent(key.tenant(), key.id(), atVersion, type, name, tags, gateway, enabled, at);
    }
}
