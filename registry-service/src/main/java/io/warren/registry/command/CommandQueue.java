package io.warren.registry.command;

import io.warren.contracts.device.DeviceAddress;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.registry.device.Devices;
import io.warren.registry.presence.Presences;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.JsonNode;

/** What becomes of commands: they are given, sent, answered, called off, or their time runs out. */
@Service
class CommandQueue {

    /** How many commands a device may leave unfinished. */
    private static final int MOST_UNFINISHED = 1_000;

    private static final ProblemKind FULL =
            new ProblemKind("command-queue-full", HttpStatus.CONFLICT, "Too many unfinished commands");

    private final Commands commands;
    private final Devices devices;
    private final Presences presences;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    CommandQueue(
            Commands commands, Devices devices, Presences presences, ApplicationEventPublisher events, Clock clock) {
        this.commands = commands;
        this.devices = devices;
        this.presences = presences;
        this.events = events;
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
        }
        commands.add(command);
        tell(command, now);
        return command;
    }

    /** Calls a command off; empty if there is none. */
    @Transactional
    Optional<Command> cancel(DeviceAddress address, UUID id) {
        Optional<Command> command = commands.lock(address, id);
        command.ifPresent(found -> {
            Instant now = clock.instant();
            if (found.cancel(now)) {
                tell(found, now);
            }
        });
        return command;
    }

    /** Takes in a device's answer; says whether it has such a command. */
    @Transactional
    boolean answer(DeviceAddress address, UUID id, CommandAnswer answer) {
        Optional<Command> command = commands.lock(address, id);
        command.ifPresent(found -> {
            Instant now = clock.instant();
            CommandState before = found.state();
            if (found.answer(answer, now)) {
                if (found.state() == before) {
                    events.publishEvent(new CommandChanged(id));
                } else {
                    tell(found, now);
                }
            }
        });
        return command.isPresent();
    }

    /** Notes that a queue of the device has taken a command that was taken to be sent. */
    @Transactional
    void sent(Commands.Due due) {
        Instant now = clock.instant();
        commands.lock(due.address(), due.id())
                .filter(command -> command.sent(due.lease(), now))
                .ifPresent(command -> events.publishEvent(command.happened(now)));
    }

    /** Has a command that was taken to be sent, in vain, sent later. */
    @Transactional
    void sendLater(Commands.Due due, Duration delay) {
        commands.lock(due.address(), due.id())
                .ifPresent(command ->
                        command.sendLater(due.lease(), clock.instant().plus(delay)));
    }

    /**
     * Ends commands whose time is over; answers how many.
     *
     * @param patience for how long after their time those may go on that the device has accepted
     */
    @Transactional
    int expire(Duration patience, int limit) {
        Instant now = clock.instant();
        List<Command> expired = commands.lockExpired(now, now.minus(patience), limit);
        expired.forEach(command -> {
            command.expire(now);
            tell(command, now);
        });
        return expired.size();
    }

    private void tell(Command command, Instant at) {
        events.publishEvent(new CommandChanged(command.id()));
        events.publishEvent(command.happened(at));
    }
}
