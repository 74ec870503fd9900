package io.warren.registry.command;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Ends commands whose time is over, and forgets those that ended long ago. */
@Component
class CommandHousekeeping {

    private static final int BATCH = 500;
    private static final Duration MEMORY = Duration.ofDays(30);

    private final CommandQueue queue;
    private final Commands commands;
    private final CommandProperties properties;
    private final Clock clock;

    CommandHousekeeping(CommandQueue queue, Commands commands, CommandProperties properties, Clock clock) {
        this.queue = queue;
        this.commands = commands;
        this.properties = properties;
        this.clock = clock;
    }

    @Scheduled(fixedDelay = 1_000)
    void expire() {
        int expired;
        do {
            expired = queue.expire(properties.patience(), BATCH);
        } while (expired == BATCH);
    }

    @Scheduled(fixedDelay = 3_600_000, initialDelay = 60_000)
    void forget() {
        Instant before = clock.instant().minus(MEMORY);
        int forgotten;
        do {
            forgotten = commands.forgetFinishedBefore(before, BATCH);
        } while (forgotten == BATCH);
    }
}
