package io.warren.registry.devicetype;

import io.warren.contracts.registry.DeviceTypeEvent;
import io.warren.registry.devicetype.DeviceTypeDescription.CommandDescription;
import io.warren.registry.devicetype.DeviceTypeDescription.StreamDescription;
import io.warren.registry.devicetype.DeviceTypeDescription.WakeUp;
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
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A kind of device, as its tenant described it. */
@Entity
class DeviceType {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private static final TypeReference<Map<String, StreamDescription>> STREAMS = new TypeReference<>() {};
    private static final TypeReference<Map<String, CommandDescription>> COMMANDS = new TypeReference<>() {};

    @EmbeddedId
    private DeviceTypeKey key;

    private @Nullable String name;

    @Enumerated(EnumType.STRING)
    private PayloadFormat payloadFormat;

    // as text: what the database makes of a number must not look like a change
    @JdbcTypeCode(SqlTypes.JSON)
    private String streams;

    @JdbcTypeCode(SqlTypes.JSON)
    private String commands;

    @JdbcTypeCode(SqlTypes.JSON)
    private @Nullable String defaultDesiredState;

    private @Nullable Long offlineAfter;
    private @Nullable String wakeUpChannel;
    private @Nullable String wakeUpAddress;
    private Instant createdAt;

    @Version
    private long version;

    @SuppressWarnings("NullAway.Init")
    protected DeviceType() {}

    /** A new type; {@code version} is one more than the last of any type that had this name before. */
    DeviceType(DeviceTypeKey key, DeviceTypeDescription description, Instant createdAt, long version) {
        this.key = key;
        this.payloadFormat = description.payloadFormat();
        this.streams = JSON.writeValueAsString(description.streams());
        this.commands = JSON.writeValueAsString(description.commands());
        this.createdAt = createdAt;
        this.version = version;
        describe(description);
    }

    /** Takes over a new description, of whose schemas each is a version that was there or comes after. */
    final void describe(DeviceTypeDescription description) {
        name = description.name();
        payloadFormat = description.payloadFormat();
        streams = JSON.writeValueAsString(description.streams());
        commands = JSON.writeValueAsString(description.commands());
        JsonNode state = description.defaultDesiredState();
        defaultDesiredState = state == null ? null : JSON.writeValueAsString(state);
        offlineAfter = description.offlineAfter();
        WakeUp wakeUp = description.wakeUp();
        wakeUpChannel = wakeUp == null ? null : wakeUp.channel();
        wakeUpAddress = wakeUp == null ? null : wakeUp.address();
    }

    DeviceTypeDescription description() {
        return new DeviceTypeDescription(
                name,
                payloadFormat,
                JSON.readValue(streams, STREAMS),
                JSON.readValue(commands, COMMANDS),
                defaultDesiredState == null ? null : JSON.readTree(defaultDesiredState),
                offlineAfter,
                wakeUpChannel == null || wakeUpAddress == null ? null : new WakeUp(wakeUpChannel, wakeUpAddress));
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
        DeviceTypeDescription description = description();
        return new DeviceTypeEvent(
                key.tenant(),
                key.id(),
                atVersion,
                name,
                payloadFormat.wireName(),
                description.streams(),
                description.commands(),
                description.defaultDesiredState(),
                offlineAfter,
                at);
    }
}
