package io.warren.provisioning.turnstile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import java.time.Duration;
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
        CompletableFuture<String> next = CompletableFuture.supplyAsync(() -> turnstile.pass(() -> "in"));
        await().until(() -> meters.get("warren.bootstrap.waiting").gauge().value() == 1);

        end.countDown();

        assertThat(next.join()).isEqualTo("in");
    }

    @Test
    void whoWaitsTooLongIsToldWhenToComeBack() {
        Turnstile turnstile = turnstile(1, 1, Duration.ofMillis(1));
        occupy(turnstile);

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> turnstile.pass(() -> "in"))
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

        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> turnstile.pass(() -> "in"));
    }

    @Test
    void aFailureMakesRoomToo() {
        Turnstile turnstile = turnstile(1, 0, Duration.ZERO);
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> turnstile.pass(() -> {
                    throw new IllegalStateException();
                }));

        assertThat(turnstile.pass(() -> "in")).isEqualTo("in");
    }

    private void occupy(Turnstile turnstile) {
        CountDownLatch in = new CountDownLatch(1);
        Thread.startVirtualThread(() -> turnstile.pass(() -> {
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

    private Turnstile turnstile(int atOnce, int waiting, Duration patience) {
        return new Turnstile(
                new TurnstileProperties(atOnce, waiting, patience, 250, Duration.ofSeconds(5), Duration.ofMinutes(15)),
                meters);
    }
}
