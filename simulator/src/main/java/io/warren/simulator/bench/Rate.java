package io.warren.simulator.bench;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;

/**
 * So many in so long.
 *
 * @param generatorCores how many processor cores the benchmark itself used meanwhile
 */
public record Rate(long count, double seconds, double generatorCores) {

    public static Rate of(long count, Duration elapsed, Duration generator) {
        double seconds = elapsed.toNanos() / 1e9;
        return new Rate(count, seconds, generator.toNanos() / 1e9 / seconds);
    }

    @JsonProperty
    public double perSecond() {
        return count / seconds;
    }
}
