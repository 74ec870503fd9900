package io.warren.simulator.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SignalsTest {

    private static final Instant MIDNIGHT = Instant.parse("2026-11-21T00:00:00Z");

    @Test
    void theAfternoonIsWarmerThanTheNight() {
        List<Map<String, Object>> day = day(new Signals(new SplittableRandom(1), 0));

        assertThat(number(day.get(15 * 60), "temperature")).isGreaterThan(number(day.get(3 * 60), "temperature") + 4);
    }

    @Test
    void everythingStaysWithinWhatSensorsCanMeasure() {
        for (Map<String, Object> values : day(new Signals(new SplittableRandom(2), 0))) {
            assertThat(number(values, "temperature")).isBetween(-5.0, 40.0);
            assertThat(number(values, "humidity")).isBetween(5.0, 100.0);
            assertThat(number(values, "vibration")).isBetween(0.0, 8.0);
            assertThat(number(values, "battery")).isBetween(4.0, 100.0);
            assertThat(values.get("door")).isIn("open", "closed");
        }
    }

    @Test
    void spikesStandOut() {
        assertThat(day(new Signals(new SplittableRandom(3), 0.05)))
                .anyMatch(values -> number(values, "temperature") > 55);
    }

    private static List<Map<String, Object>> day(Signals signals) {
        return IntStream.range(0, 24 * 60)
                .mapToObj(minute -> signals.measure(MIDNIGHT.plus(Duration.ofMinutes(minute))))
                .toList();
    }

    private static double number(Map<String, Object> values, String key) {
        return ((Number) Objects.requireNonNull(values.get(key))).doubleValue();
    }
}
