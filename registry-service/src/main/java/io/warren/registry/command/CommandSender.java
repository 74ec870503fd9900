package io.warren.registry.command;

import io.warren.contracts.device.DeviceTopics;
import io.warren.registry.background.BackgroundLoop;
import io.warren.registry.downlink.DeviceMessages;
import io.warren.registry.presence.DevicesConnected;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Sends commands to devices that are there. */
@Component
class CommandSender extends BackgroundLoop {

    private static final int BATCH = 100;
    private static final Duration LEASE = Duration.ofSeconds(30);

    /** A device that has connected may not have subscribed yet. */
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);

    private static final Duration LAST_RETRY = Duration.ofSeconds(30);

    private final Commands commands;
    private final CommandQueue queue;
    private final DeviceMessages messages;
    private final Clock clock;

    CommandSender(Commands commands, CommandQueue queue, DeviceMessages messages, Clock clock) {
        this.commands = commands;
        this.queue = queue;
        this.messages = messages;
        this.clock = clock;
    }

    /** Runs in the transaction that gives the command. */
    @EventListener
    void changed(CommandChanged command) {
        wakeAfterCommit();
    }

    /** Runs in the transaction that records the connections, so that no command is forgotten in between. */
    @EventListener
    void sendAgain(DevicesConnected devices) {
        if (commands.sendAgain(devices.addresses(), clock.instant()) > 0) {
            wakeAfterCommit();
        }
    }

    @Override
    protected boolean workOff() throws InterruptedException {
        Instant now = clock.instant();
        List<Commands.Due> batch = commands.take(now, LEASE, BATCH);
        List<Sending> sendings = batch.stream()
                .filter(due -> due.expiresAt().isAfter(now))
                .map(due -> new Sending(due, send(due, now)))
                .toList();
        for (Sending sending : sendings) {
            Commands.Due due = sending.due();
            if (sending.delivery().arrived()) {
                queue.sent(due);
            } else {
                queue.sendLater(due, retry(Duration.between(due.createdAt(), now)));
            }
        }
        return batch.size() == BATCH;
    }

    private DeviceMessages.Delivery send(Commands.Due due, Instant now) {
        String body =
                "{\"args\":" + (due.args() == null ? "{}" : due.args()) + ",\"expiresAt\":\"" + due.expiresAt() + "\"}";
        return messages.send(
                DeviceTopics.down(due.address(), "commands", due.id().toString(), due.name()),
                body,
                Duration.between(now, due.expiresAt()));
    }

    /** Waits about as long again as it has waited so far. */
    private static Duration retry(Duration waited) {
        if (waited.compareTo(FIRST_RETRY) < 0) {
            return FIRST_RETRY;
        }
        return waited.compareTo(LAST_RETRY) > 0 ? LAST_RETRY : waited;
    }

    private record Sending(Commands.Due due, DeviceMessages.Delivery delivery) {}
}
