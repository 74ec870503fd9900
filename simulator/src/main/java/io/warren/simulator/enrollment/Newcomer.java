package io.warren.simulator.enrollment;

import io.warren.simulator.enrollment.BootstrapDoor.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A device that wants in and does not give up: it comes back when it is told to and not before, and where nobody answers, or the
 * service fails without saying when to come, after a time of its own that grows.
 */
public final class Newcomer {

    private static final long JITTER_MILLIS = 1_000;

    private final FactoryDevice device;
    private final BootstrapDoor door;
    private final RandomGenerator chance;
    private final Backoff backoff;

    public Newcomer(FactoryDevice device, BootstrapDoor door, RandomGenerator chance) {
        this.device = device;
        this.door = door;
        this.chance = chance;
        this.backoff = new Backoff(chance);
    }

    /** Tries until the device has an identity or is refused for good; it can be interrupted. */
    public Outcome boot() throws InterruptedException {
        int turnedAway = 0;
        int unheard = 0;
        while (true) {
            Answer answer;
            try {
                answer = door.knock(device);
            } catch (IOException e) {
                unheard++;
                Thread.sleep(backoff.next());
                continue;
            }
            if (answer.isRegistered() || !answer.isPutOff()) {
                return new Outcome(turnedAway, unheard, answer.isRegistered() ? null : answer.detail());
            }
            turnedAway++;
            Duration retryAfter = answer.retryAfter();
            Thread.sleep(retryAfter == null ? backoff.next() : retryAfter.plusMillis(chance.nextLong(JITTER_MILLIS)));
        }
    }

    /**
     * How it went.
     *
     * @param turnedAway how often it was told to come back later
     * @param unheard how often nobody answered
     * @param refusal why it was refused; absent when it was let in
     */
    public record Outcome(
            int turnedAway, int unheard, @Nullable String refusal) {}
}
