package io.warren.provisioning.turnstile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TurnstileTest {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final CountDownLatch end = new CountDownLatch(1);

    @AfterEach
    void letAllGo() {
        end.countDown();
    }

    @Test
    void whoFindsAllPlacesTakenWaitsForItsTurn() {
        Turnstile turnstile = turnstile(1, 1, Duration.ofMinutes(1));
        occupy(turnstile);
        CompletableFuture<String> next = CompletableFuture.supplyAsync(() -> turnstile.pass("pump", () -> "in"));
        await().until(() -> meters.get("warren.bootstrap.waiting").gauge().value() == 1);

        end.countDown();

        assertThat(next.join()).isEqualTo("in");
    }

    @Test
    void whoWaitsTooLongIsToldWhenToComeBack() {
        Turnstile turnstile = turnstile(1, 1, Duration.ofMillis(1));
        occupy(turnstile);

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> turnstile.pass("pump", () -> "in"))
                .satisfies(problem -> {
                    assertThat(problem.kind()).isEqualTo(ProblemKind.UNAVAILABLE);
                    assertThat(problem.retryAfter()).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(8));
                });
        assertThat(meters.get("warren.bootstrap.turned.away").counter().count()).isEqualTo(1);
    }

    @Test
    void whereTooManyWaitNobodyElseDoes() {
        Turnstile turnstile = turnstile(1, 0, Duration.ofMinutes(1));
        occupy(turnstile);

        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> turnstile.pass("pump", () -> "in"));
    }

    @Test
    void whoComesBeforeItsTimeIsToldTheSameAndMovesNobodys() {
        Turnstile turnstile = turnstile(1, 0, Duration.ZERO, 1);
        occupy(turnstile);
        Duration first = turnedAway(turnstile, "pump");
        for (int i = 0; i < 100; i++) {
            assertThat(turnedAway(turnstile, "pump")).isLessThanOrEqualTo(first);
        }

        assertThat(turnedAway(turnstile, "valve")).isLessThan(Duration.ofSeconds(9));
    }

    @Test
    void whoIsInIsNotAskedToWaitForItself() {
        Turnstile turnstile = turnstile(1, 0, Duration.ZERO);

        assertThat(turnstile.<String>pass("pump", () -> turnstile.pass("pump", () -> "in")))
                .isEqualTo("in");
    }

    @Test
    void whoLeavesMakesRoomOnce() {
        Turnstile turnstile = turnstile(1, 0, Duration.ZERO);

        assertThat(turnstile.<String>pass("pump", () -> {
                    turnstile.leave(() -> assertThat(meanwhile(turnstile)).isEqualTo("in"));
                    return "out";
                }))
                .isEqualTo("out");

        occupy(turnstile);
        assertThat(turnedAway(turnstile, "valve")).isPositive();
    }

    @Test
    void aFailureMakesRoomToo() {
        Turnstile turnstile = turnstile(1, 0, Duration.ZERO);
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> turnstile.pass("pump", () -> {
                    throw new IllegalStateException();
                }));

        assertThat(turnstile.pass("pump", () -> "in")).isEqualTo("in");
    }

    private void occupy(Turnstile turnstile) {
        CountDownLatch in = new CountDownLatch(1);
        Thread.startVirtualThread(() -> turnstile.pass("pump", () -> {
            in.countDown();
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return "in";
        }));
        await().until(() -> in.getCount() == 0);
    }

    private static String meanwhile(Turnstile turnstile) {
        return CompletableFuture.supplyAsync(() -> turnstile.pass("valve", () -> "in"))
                .join();
    }

    private static Duration turnedAway(Turnstile turnstile, String who) {
        try {
            return turnstile.pass(who, () -> Duration.ZERO);
        } catch (ProblemException e) {
            return Objects.requireNonNull(e.retryAfter());
        }
    }

    private Turnstile turnstile(int atOnce, int waiting, Duration patience) {
        return turnstile(atOnce, waiting, patience, 250);
    }

    private Turnstile turnstile(int atOnce, int waiting, Duration patience, int perSecond) {
        return new Turnstile(
                new TurnstileProperties(
                        atOnce, waiting, patience, perSecond, Duration.ofSeconds(5), Duration.ofMinutes(15)),
                meters);
    }
}
