package io.warren.registry.command;

import static java.util.stream.Collectors.toSet;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.warren.contracts.registry.CommandEvent;
import io.warren.contracts.registry.RegistryEvents;
import io.warren.platform.outbox.Outbox;
import io.warren.registry.job.JobCounts;
import io.warren.registry.timeline.Happened;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * Tells what becomes of commands, in the transaction that decides it: whoever listens to events, whoever waits here, and the job
 * that a command belongs to by its counts.
 */
@Component
class CommandNews {

    private final Outbox outbox;
    private final JobCounts counts;
    private final ApplicationEventPublisher events;

    CommandNews(Outbox outbox, JobCounts counts, ApplicationEventPublisher events) {
        this.outbox = outbox;
        this.counts = counts;
        this.events = events;
    }

    /** Some commands are to be sent now. */
    void due() {
        events.publishEvent(new Due());
    }

    /** Some commands were given. */
    void given(List<Standing> commands, Instant at) {
        events.publishEvent(new Happened.ToMany(
                commands.stream().map(command -> happened(command, at)).toList()));
    }

    /** Some commands have another state, or are further in the same. */
    void moved(Collection<Move> moves, Instant at) {
        List<Standing> ended = new ArrayList<>();
        List<Happened> underWay = new ArrayList<>();
        for (Move move : moves) {
            if (move.after().state().isFinal()) {
                ended.add(move.after());
            } else if (move.after().state() != move.before()) {
                underWay.add(happened(move.after(), at));
            }
        }
        events.publishEvent(new Happened.ToMany(underWay));
        outbox.appendAll(
                RegistryEvents.EXCHANGE,
                ended.stream()
                        .map(after -> new Outbox.Event(type(after.state()), event(after, at)))
                        .toList());
        counts.change(moves.stream().flatMap(CommandNews::counted).toList());
        if (!ended.isEmpty()) {
            events.publishEvent(new Finished(ended.stream().map(Standing::id).collect(toSet())));
        }
    }

    private static String type(CommandState end) {
        return switch (end) {
            case SUCCEEDED -> CommandEvent.SUCCEEDED;
            case FAILED -> CommandEvent.FAILED;
            case REJECTED -> CommandEvent.REJECTED;
            case EXPIRED -> CommandEvent.EXPIRED;
            case CANCELLED -> CommandEvent.CANCELLED;
            case QUEUED, SENT, ACCEPTED, RUNNING -> throw new IllegalArgumentException(end + " is no end");
        };
    }

    private static Happened happened(Standing command, Instant at) {
        return new Happened(
                command.address(),
                at,
                "command",
                command.state().wireName(),
                new InTimeline(command.id(), command.name(), command.batch()));
    }

    private static Stream<JobCounts.Change> counted(Move move) {
        UUID batch = move.after().batch();
        return batch == null
                ? Stream.empty()
                : Stream.of(
                        new JobCounts.Change(batch, move.before().wireName(), -1),
                        new JobCounts.Change(batch, move.after().state().wireName(), 1));
    }

    private static CommandEvent event(Standing command, Instant at) {
        return new CommandEvent(
                command.address().tenant().value(),
                command.address().device().value(),
                command.id().toString(),
                command.name(),
                command.state().wireName(),
                command.batch() == null ? null : command.batch().toString(),
                at);
    }

    /**
     * A command's way from one state into the next.
     *
     * @param before the state that it was in
     * @param after how it stands now
     */
    record Move(CommandState before, Standing after) {}

    /** What a timeline says of a command; the rest is to be read from the command itself. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record InTimeline(
            UUID command, String name, @Nullable UUID batch) {}

    /** Commands are to be sent: said inside the transaction that has them sent. */
    record Due() {}

    /**
     * Commands have ended: said inside the transaction that ends them.
     *
     * @param ids which
     */
    record Finished(Set<UUID> ids) {}
}
