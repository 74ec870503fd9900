package io.warren.registry.wakedelivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PaceTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final Duration PAUSE = Duration.ofMinutes(1);

    @Test
    void messagesToADeviceBecomeRarer() {
        assertThat(Stream.of(1, 2, 3, 4, 5, 100).map(Pace::afterMessages))
                .containsExactly(
                        Duration.ofMinutes(1),
                        Duration.ofMinutes(5),
                        Duration.ofMinutes(30),
                        Duration.ofHours(2),
                        Duration.ofHours(2),
                        Duration.ofHours(2));
    }

    @Test
    void aChannelThatFailsRestsLongerAndLongerUpToAnEnd() {
        assertThat(Stream.of(1, 2, 3, 7, 8, Integer.MAX_VALUE).map(Pace::rest))
                .containsExactly(
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(20),
                        Duration.ofMinutes(5),
                        Duration.ofMinutes(5),
                        Duration.ofMinutes(5));
    }

    @Test
    void aDeviceIsSentOneMessageAMinuteAndTenADay() {
        assertThat(Pace.earliest(List.of(), PAUSE, 10)).isBefore(NOON);
        assertThat(Pace.earliest(List.of(NOON), PAUSE, 10)).isEqualTo(NOON.plus(PAUSE));

        List<Instant> ten = Stream.iterate(NOON, time -> time.plus(Duration.ofHours(1)))
                .limit(10)
                .toList();
        assertThat(Pace.earliest(ten, PAUSE, 10)).isEqualTo(NOON.plus(Duration.ofDays(1)));
        assertThat(Pace.earliest(ten, PAUSE, 3)).isEqualTo(ten.get(7).plus(Duration.ofDays(1)));
    }
}
