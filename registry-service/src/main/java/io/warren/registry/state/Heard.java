package io.warren.registry.state;

import io.warren.registry.BatchedMessages;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which of a device's messages were handled last. When this service dies between commit and acknowledgement, the broker delivers
 * again what it gave to it since, which is less than two batches and no more than some seconds old.
 *
 * @param messages what tells each from others, the oldest first
 * @param at when the last was handled, if any was
 */
record Heard(List<Long> messages, @Nullable Instant at) {

    static final Heard NOTHING = new Heard(List.of(), null);

    private static final int MOST = 2 * BatchedMessages.MOST;

    /** A device that said nothing for so long has nothing left that could come again. */
    private static final Duration MEMORY = Duration.ofMinutes(10);

    boolean has(long message) {
        return messages.contains(message);
    }

    Heard and(long message, Instant now) {
        List<Long> kept = at == null || at.plus(MEMORY).isBefore(now) ? List.of() : messages;
        List<Long> all = new ArrayList<>(kept.subList(Math.max(0, kept.size() + 1 - MOST), kept.size()));
        all.add(message);
        return new Heard(all, now);
    }
}
