package io.warren.telemetry.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.warren.telemetry.message.Delivery;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class IntakeTest {

    private static final Duration LONG = Duration.ofMinutes(10);

    private static Delivery delivery(long tag, int bytes) {
        return new Delivery("telemetry.shard.0", tag, false, "v1.acme.d.up.telemetry", null, 0, new byte[bytes]);
    }

    @Test
    void aFullBatchDoesNotWait() throws Exception {
        Intake intake = new Intake(3, LONG, 1_000);
        for (int tag = 1; tag <= 4; tag++) {
            intake.put(delivery(tag, 10));
        }
        assertThat(intake.take()).extracting(Delivery::tag).containsExactly(1L, 2L, 3L);
    }

    @Test
    void aBatchThatDoesNotFillUpGoesWhenItsFirstMessageHasWaitedLongEnough() throws Exception {
        Intake intake = new Intake(3, Duration.ofMillis(5), 1_000);
        intake.put(delivery(1, 10));
        assertThat(intake.take()).extracting(Delivery::tag).containsExactly(1L);
    }

    @Test
    void whatIsHeldIsBoundedUntilTheBatchIsDoneWith() throws Exception {
        Intake intake = new Intake(1, LONG, 100);
        intake.put(delivery(1, 90));
        CompletableFuture<Void> second = put(intake, delivery(2, 90));
        assertThat(intake.take()).hasSize(1);
        assertThat(second).isNotDone();
        intake.release();
        await().until(second::isDone);
        assertThat(intake.take()).extracting(Delivery::tag).containsExactly(2L);
    }

    @Test
    void aMessageLargerThanAllRoomIsLetInAlone() throws Exception {
        Intake intake = new Intake(10, LONG, 100);
        intake.put(delivery(1, 1_000));
        assertThat(intake.take()).hasSize(1);
    }

    @Test
    void nobodyWaitsAtAClosedIntake() throws Exception {
        Intake intake = new Intake(1, LONG, 100);
        intake.put(delivery(1, 90));
        CompletableFuture<Void> waiting = put(intake, delivery(2, 90));
        intake.close();
        await().until(waiting::isDone);
        assertThat(intake.take()).isEqualTo(List.of());
        assertThat(intake.pause(LONG)).isFalse();
    }

    private static CompletableFuture<Void> put(Intake intake, Delivery delivery) {
        return CompletableFuture.runAsync(() -> {
            try {
                intake.put(delivery);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }
}
