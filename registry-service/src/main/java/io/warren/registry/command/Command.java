package io.warren.registry.command;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.warren.contracts.device.DeviceAddress;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.registry.timeline.Happened;
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

    /**
     * A queue of the device has taken it.
     *
     * @param lease when it would have been sent again; if that has changed, somebody wants it sent again since, and it will be
     * @return whether the device may know of it only now; an answer can be faster than the broker's word
     */
    boolean sent(Instant lease, Instant at) {
        if (lease.equals(sendAt)) {
            sendAt = null;
        }
        if (!state.isUnanswered()) {
            return false;
        }
        state = CommandState.SENT;
        sentAt = at;
        return true;
    }

    /**
     * No queue of the device has taken it; {@code at} is when that is tried again.
     *
     * @param lease when it would have been sent again; if that has changed, the newer time holds
     */
    void sendLater(Instant lease, Instant at) {
        if (lease.equals(sendAt)) {
            sendAt = at;
        }
    }

    /** Takes in what the device says. An answer that comes again, or after the end, changes nothing. */
    boolean answer(CommandAnswer answer, Instant at) {
        CommandState answered = answer.status().state();
        if (state.isFinal() || answered.compareTo(state) < 0) {
            return false;
        }
        state = answered;
        progress = answer.progress() == null ? progress : answer.progress();
        result = answer.result();
        error = answer.error();
        answeredAt = at;
        sendAt = null;
        if (state.isFinal()) {
            finishedAt = at;
        }
        return true;
    }

    /** Calls it off, unless the device has answered already; says whether it was not called off before. */
    boolean cancel(Instant at) {
        if (state == CommandState.CANCELLED) {
            return false;
        }
        if (!state.isUnanswered()) {
            throw new ProblemException(TOO_LATE, "The command is " + state.wireName() + " already.");
        }
        finish(CommandState.CANCELLED, at);
        return true;
    }

    /** Its time is over, also for what the device has accepted and not finished. */
    void expire(Instant at) {
        if (!state.isFinal()) {
            finish(CommandState.EXPIRED, at);
        }
    }

    private void finish(CommandState last, Instant at) {
        state = last;
        sendAt = null;
        finishedAt = at;
    }

    boolean isFinal() {
        return state.isFinal();
    }

    CommandState state() {
        return state;
    }

    /** What the device's timeline says of the state it is in now. */
    Happened happened(Instant at) {
        return new Happened(
                DeviceAddress.of(tenant, device), at, "command", state.wireName(), new InTimeline(id, name, error));
    }

    UUID id() {
        return id;
    }

    Instant createdAt() {
        return createdAt;
    }

    CommandView view() {
        return new CommandView(
                id, name, args, state, progress, result, error, createdAt, expiresAt, sentAt, answeredAt, finishedAt);
    }

    /** What a timeline says of a command; the rest is to be read from the command itself. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record InTimeline(
            UUID command, String name, @Nullable JsonNode error) {}

    /** A command as callers see it. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record CommandView(
            UUID id,
            String name,
            @Nullable JsonNode args,
            CommandState state,
            @Nullable Integer progress,
            @Nullable JsonNode result,
            @Nullable JsonNode error,
            Instant createdAt,
            Instant expiresAt,
            @Nullable Instant sentAt,
            @Nullable Instant answeredAt,
            @Nullable Instant finishedAt) {}
}
