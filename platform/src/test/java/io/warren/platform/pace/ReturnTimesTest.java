package io.warren.platform.pace;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReturnTimesTest {

    private static final Duration SHORTEST = Duration.ofSeconds(4);
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final AtomicLong nanos = new AtomicLong(-7);
    private final ReturnTimes times =
            new ReturnTimes(100, SHORTEST, LONGEST, new SplittableRandom(42), nanos::getAndIncrement);

    @Test
    void aSingleCallerComesBackSoon() {
        assertThat(times.next()).isBetween(SHORTEST, SHORTEST.multipliedBy(3).dividedBy(2));
        nanos.addAndGet(Duration.ofHours(1).toNanos());
        assertThat(times.next()).isBetween(SHORTEST, SHORTEST.multipliedBy(3).dividedBy(2));
    }

    @Test
    void aCrowdComesBackAtThePace() {
        List<Duration> given =
                IntStream.range(0, 20_000).mapToObj(_ -> times.next()).toList();

        // chance moves a caller by two seconds at the most
        var perSecond = given.stream().collect(Collectors.groupingBy(Duration::toSeconds, Collectors.counting()));
        assertThat(perSecond.entrySet().stream().filter(second -> second.getKey() > 6 && second.getKey() < 200))
                .allSatisfy(second -> assertThat(second.getValue()).isBetween(60L, 140L));
        assertThat(given.stream().max(Duration::compareTo).orElseThrow())
                .isBetween(Duration.ofSeconds(203), Duration.ofSeconds(207));
    }

    @Test
    void noCallerIsSentAwayForLongerThanTheLongest() {
        List<Duration> given =
                IntStream.range(0, 200_000).mapToObj(_ -> times.next()).toList();

        assertThat(given).allMatch(wait -> wait.compareTo(LONGEST.plus(SHORTEST)) <= 0);
        assertThat(given.subList(100_000, 200_000).stream()
                        .map(Duration::toMinutes)
                        .distinct()
                        .sorted())
                .containsExactly(5L, 6L, 7L, 8L, 9L);
    }

    @Test
    void timeThatPassesMakesRoom() {
        IntStream.range(0, 50_000).forEach(_ -> times.next());
        nanos.addAndGet(Duration.ofMinutes(9).toNanos());

        assertThat(times.next()).isLessThan(Duration.ofSeconds(7));
    }
}
