package io.warren.registry.command;

import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.device.DeviceId;
import io.warren.contracts.device.TenantId;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.registry.device.DeviceLeaves;
import io.warren.registry.device.Devices;
import io.warren.registry.presence.Presences;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.JsonNode;

/** What becomes of commands besides being answered: they are given, sent, called off, or their time runs out. */
@Service
public class CommandQueue {

    /** How many commands a device may leave unfinished. */
    private static final int MOST_UNFINISHED = 1_000;

    private static final ProblemKind FULL =
            new ProblemKind("command-queue-full", HttpStatus.CONFLICT, "Too many unfinished commands");

    private final Commands commands;
    private final Devices devices;
    private final Presences presences;
    private final CommandNews news;
    private final Clock clock;

    CommandQueue(Commands commands, Devices devices, Presences presences, CommandNews news, Clock clock) {
        this.commands = commands;
        this.devices = devices;
        this.presences = presences;
        this.news = news;
        this.clock = clock;
    }

    /**
     * Gives a device a command; it is sent at once if the device is there, and else when it comes.
     *
     * @param idempotencyKey if a command was given with this key before, that one is answered and no other is made
     */
    @Transactional
    Command give(
            DeviceAddress address,
            String name,
            @Nullable JsonNode args,
            Duration expiresIn,
            @Nullable String idempotencyKey) {
        devices.hold(address);
        if (idempotencyKey != null) {
            Optional<Command> given = commands.byIdempotencyKey(address, idempotencyKey);
            if (given.isPresent()) {
                return given.get();
            }
        }
        if (commands.unfinished(address) >= MOST_UNFINISHED) {
            throw new ProblemException(FULL, "The device has " + MOST_UNFINISHED + " unfinished commands.");
        }
        Instant now = clock.instant();
        Command command = new Command(address, name, args, now, now.plus(expiresIn), idempotencyKey);
        if (presences.holdConnected(address)) {
            command.send(now);
            news.due();
        }
        commands.add(command);
        news.given(List.of(command.standing()), now);
        return command;
    }

    /**
     * Gives a device a command for another part of the platform; part of the transaction of whoever asks.
     *
     * @return its id
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public UUID give(DeviceAddress address, CommandRequest request) {
        return give(address, request.name(), request.args(), request.lifetime(), null)
                .id();
    }

    /**
     * Gives a command to many devices of a tenant, those of one job; part of the transaction of whoever asks and holds the devices,
     * and with as many statements for hundreds as for one.
     *
     * @param batch the job
     * @return the devices that were not given it because they have too many unfinished ones
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public Set<DeviceId> giveAll(TenantId tenant, Collection<DeviceId> held, CommandRequest request, UUID batch) {
        if (held.isEmpty()) {
            return Set.of();
        }
        Set<DeviceId> full = commands.withUnfinished(tenant, held, MOST_UNFINISHED);
        List<DeviceId> given =
                held.stream().filter(device -> !full.contains(device)).toList();
        Set<DeviceId> connected = presences.holdConnected(tenant, given);
        Instant now = clock.instant();
        news.given(commands.addAll(tenant, given, connected, request, batch, now), now);
        if (!connected.isEmpty()) {
            news.due();
        }
        return full;
    }

    /** Calls off what a job has given and no device has been sent; answers how many, fewer than {@code limit} when none is left. */
    @Transactional(propagation = Propagation.MANDATORY)
    public int callOffUnsent(UUID batch, int limit) {
        Instant now = clock.instant();
        List<CommandNews.Move> calledOff = commands.callOffUnsent(batch, now, limit);
        news.moved(calledOff, now);
        return calledOff.size();
    }

    /** Calls a command off; empty if there is none. */
    @Transactional
    Optional<Command> cancel(DeviceAddress address, UUID id) {
        Optional<Command> command = commands.lock(address, id);
        command.ifPresent(found -> {
            Standing before = found.standing();
            Instant now = clock.instant();
            if (found.cancel(now)) {
                news.moved(List.of(new CommandNews.Move(before.state(), found.standing())), now);
            }
        });
        return command;
    }

    /** Calls a command off, unless the device has answered it; part of the transaction of whoever asks. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void callOffUnanswered(DeviceAddress address, UUID id) {
        if (commands.lock(address, id)
                .filter(command -> command.standing().state().isUnanswered())
                .isPresent()) {
            cancel(address, id);
        }
    }

    /** Notes what became of commands that were taken to be sent. */
    @Transactional
    void settle(List<Commands.Sent> sent) {
        if (!sent.isEmpty()) {
            Instant now = clock.instant();
            news.moved(commands.settle(sent, now), now);
        }
    }

    /**
     * Ends commands whose time is over; answers how many.
     *
     * @param patience for how long after their time those may go on that the device has accepted
     */
    @Transactional
    int expire(Duration patience, int limit) {
        Instant now = clock.instant();
        List<CommandNews.Move> expired = commands.expire(now, now.minus(patience), limit);
        news.moved(expired, now);
        return expired.size();
    }

    /** Runs in the transaction that deletes the device: what it leaves unfinished ends, and does not just vanish. */
    @EventListener
    void callOff(DeviceLeaves device) {
        Instant now = clock.instant();
        news.moved(commands.callOffAllOf(device.address(), now), now);
    }
}
