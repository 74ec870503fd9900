package io.warren.registry.command;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.warren.contracts.device.DeviceAddress;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import tools.jackson.databind.JsonNode;

/** Something that a device is to do. This row is the truth; messages to the device are sent for as long as it says so. */
@Entity
@SuppressWarnings("UnusedVariable") // some columns are read by queries only
class Command {

    private static final ProblemKind TOO_LATE =
            new ProblemKind("command-not-cancellable", HttpStatus.CONFLICT, "Too late to cancel");

    @Id
    private UUID id;

    private String tenant;
    private String device;
    private String name;

    @JdbcTypeCode(SqlTypes.JSON)
    private @Nullable JsonNode args;

    @Enumerated(EnumType.STRING)
    private CommandState state;

    private @Nullable Integer progress;

    @JdbcTypeCode(SqlTypes.JSON)
    private @Nullable JsonNode result;

    @JdbcTypeCode(SqlTypes.JSON)
    private @Nullable JsonNode error;

    private @Nullable String idempotencyKey;
    private @Nullable UUID batch;

    @Column(insertable = false, updatable = false)
    private long number;

    private Instant createdAt;
    private Instant expiresAt;
    private @Nullable Instant sendAt;
    private @Nullable Instant sentAt;
    private @Nullable Instant answeredAt;
    private @Nullable Instant finishedAt;

    @Version
    private long version;

    @SuppressWarnings("NullAway.Init")
    protected Command() {}

    Command(
            DeviceAddress address,
            String name,
            @Nullable JsonNode args,
            Instant createdAt,
            Instant expiresAt,
            @Nullable String idempotencyKey) {
        this.id = UUID.randomUUID();
        this.tenant = address.tenant().value();
        this.device = address.device().value();
        this.name = name;
        this.args = args;
        this.state = CommandState.QUEUED;
        this.createdAt = createdAt;
        this.expiresAt = expiresAt;
        this.idempotencyKey = idempotencyKey;
    }

    /** Has it sent; {@code at} is when. */
    void send(Instant at) {
        if (state.isUnanswered()) {
            sendAt = at;
        }
    }

    /** Calls it off, unless the device has answered already; says whether it was not called off before. */
    boolean cancel(Instant at) {
        if (state == CommandState.CANCELLED) {
            return false;
        }
        if (!state.isUnanswered()) {
            throw new ProblemException(TOO_LATE, "The command is " + state.wireName() + " already.");
        }
        state = CommandState.CANCELLED;
        sendAt = null;
        finishedAt = at;
        return true;
    }

    boolean isFinal() {
        return state.isFinal();
    }

    UUID id() {
        return id;
    }

    /** Its place among the commands of its device; not known before it has been read back. */
    long number() {
        return number;
    }

    Instant createdAt() {
        return createdAt;
    }

    Standing standing() {
        return new Standing(id, DeviceAddress.of(tenant, device), name, batch, state, progress, result, error);
    }

    CommandView view() {
        return new CommandView(
                id,
                device,
                name,
                args,
                state,
                progress,
                result,
                error,
                batch,
                createdAt,
                expiresAt,
                sentAt,
                answeredAt,
                finishedAt);
    }

    /** A command as callers see it. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record CommandView(
            UUID id,
            String device,
            String name,
            @Nullable JsonNode args,
            CommandState state,
            @Nullable Integer progress,
            @Nullable JsonNode result,
            @Nullable JsonNode error,
            @Nullable UUID batch,
            Instant createdAt,
            Instant expiresAt,
            @Nullable Instant sentAt,
            @Nullable Instant answeredAt,
            @Nullable Instant finishedAt) {}
}
