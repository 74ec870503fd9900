package io.warren.registry.command;

import io.warren.registry.background.BackgroundLoop;
import io.warren.registry.presence.DevicesConnected;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Sends commands to devices that are there. */
@Component
class CommandSender extends BackgroundLoop {

    private static final int BATCH = 200;
    private static final Duration LEASE = Duration.ofSeconds(30);

    /** A device that has connected may not have subscribed yet. */
    private static final Duration FIRST_RETRY = Duration.ofMillis(250);

    private static final Duration LAST_RETRY = Duration.ofSeconds(30);

    private final Commands commands;
    private final CommandQueue queue;
    private final CommandDispatch dispatch;
    private final Clock clock;

    CommandSender(Commands commands, CommandQueue queue, CommandDispatch dispatch, Clock clock) {
        this.commands = commands;
        this.queue = queue;
        this.dispatch = dispatch;
        this.clock = clock;
    }

    /** Runs in the transaction that gives the commands. */
    @EventListener
    void due(CommandNews.Due due) {
        wakeAfterCommit();
    }

    /** Runs in the transaction that records the connections, so that no command is forgotten in between. */
    @EventListener
    void sendAgain(DevicesConnected devices) {
        if (commands.sendAgain(devices.addresses(), clock.instant()) > 0) {
            wakeAfterCommit();
        }
    }

    /** Sends the next command of each of many devices; those behind it follow in the next rounds. */
    @Override
    protected boolean workOff() throws InterruptedException {
        Instant now = clock.instant();
        List<Commands.Due> taken = commands.take(now, LEASE, BATCH);
        List<Commands.Due> due =
                taken.stream().filter(each -> each.expiresAt().isAfter(now)).toList();
        List<Boolean> arrived = dispatch.send(due, now);
        List<Commands.Sent> sent = new ArrayList<>();
        for (int i = 0; i < due.size(); i++) {
            Commands.Due each = due.get(i);
            sent.add(new Commands.Sent(each, arrived.get(i) ? null : now.plus(retry(each.tries()))));
        }
        queue.settle(sent);
        return !taken.isEmpty();
    }

    /** Waits twice as long each time. */
    private static Duration retry(int tries) {
        Duration delay = FIRST_RETRY.multipliedBy(1L << Math.min(tries, 7));
        return delay.compareTo(LAST_RETRY) > 0 ? LAST_RETRY : delay;
    }
}
