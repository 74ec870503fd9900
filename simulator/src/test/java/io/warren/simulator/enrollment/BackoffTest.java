package io.warren.simulator.enrollment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private final Backoff backoff = new Backoff(new SplittableRandom(1));

    @Test
    void waitsGrowToAMinuteAndNoFurther() {
        assertThat(backoff.next()).isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));
        assertThat(backoff.next()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(2));
        for (int i = 0; i < 20; i++) {
            assertThat(backoff.next()).isLessThan(Duration.ofSeconds(65));
        }
        assertThat(backoff.next()).isGreaterThan(Duration.ofSeconds(30));
    }

    @Test
    void afterASuccessItBeginsAgain() {
        for (int i = 0; i < 5; i++) {
            backoff.next();
        }
        backoff.reset();

        assertThat(backoff.next()).isLessThanOrEqualTo(Duration.ofSeconds(1));
    }
}
