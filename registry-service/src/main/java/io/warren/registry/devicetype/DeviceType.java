package io.warren.registry.devicetype;

import io.warren.contracts.registry.DeviceTypeEvent;
import io.warren.registry.devicetype.DeviceTypeDescription.CommandDescription;
import io.warren.registry.devicetype.DeviceTypeDescription.StreamDescription;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.Map;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A kind of device, as its tenant described it. */
@Entity
class DeviceType {

    @EmbeddedId
    private DeviceTypeKey key;

    private @Nullable String name;

    @Enumerated(EnumType.STRING)
    private PayloadFormat payloadFormat;

    @JdbcTypeCode(SqlTypes.JSON)
    private Map<String, StreamDescription> streams;

    @JdbcTypeCode(SqlTypes.JSON)
    private Map<String, CommandDescription> commands;

    @JdbcTypeCode(SqlTypes.JSON)
    private @Nullable JsonNode defaultDesiredState;

    private @Nullable Long offlineAfter;
    private Instant createdAt;

    @Version
    private long version;

    @SuppressWarnings("NullAway.Init")
    protected DeviceType() {}

    /** A new type; {@code version} is one more than the last of any type that had this name before. */
    DeviceType(DeviceTypeKey key, DeviceTypeDescription description, Instant createdAt, long version) {
        this.key = key;
        this.payloadFormat = description.payloadFormat();
        this.streams = description.streams();
        this.commands = description.commands();
        this.createdAt = createdAt;
        this.version = version;
        describe(description);
    }

    /** Takes over a new description, of whose schemas each is a version that was there or comes after. */
    final void describe(DeviceTypeDescription description) {
        name = description.name();
        payloadFormat = description.payloadFormat();
        streams = description.streams();
        commands = description.commands();
        defaultDesiredState = description.defaultDesiredState();
        offlineAfter = description.offlineAfter();
    }

    DeviceTypeDescription description() {
        return new DeviceTypeDescription(name, payloadFormat, streams, commands, defaultDesiredState, offlineAfter);
    }

    String id() {
        return key.id();
    }

    Instant createdAt() {
        return createdAt;
    }

    long version() {
        return version;
    }

    DeviceTypeEvent event(long atVersion, Instant at) {
        return new DeviceTypeEvent(
                key.tenant(),
                key.id(),
                atVersion,
                name,
                payloadFormat.wireName(),
                streams,
                commands,
                defaultDesiredState,
                offlineAfter,
                at);
    }
}
