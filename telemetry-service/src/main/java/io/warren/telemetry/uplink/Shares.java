package io.warren.telemetry.uplink;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What each of many has taken of something, none more than its share. */
final class Shares<K> {

    private final int most;
    private final Map<K, Integer> taken = new HashMap<>();

    Shares(int most) {
        this.most = most;
    }

    /** Takes some until it is closed; empty if that is more than the share has left. */
    synchronized Optional<Taken> take(K who, int units) {
        int sum = taken.getOrDefault(who, 0) + units;
        if (sum > most) {
            return Optional.empty();
        }
        taken.put(who, sum);
        return Optional.of(() -> giveBack(who, units));
    }

    private synchronized void giveBack(K who, int units) {
        taken.computeIfPresent(who, (_, sum) -> sum == units ? null : sum - units);
    }

    /** A part of a share. */
    interface Taken extends AutoCloseable {
        @Override
        void close();
    }
}
