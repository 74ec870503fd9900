package io.warren.registry.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.warren.contracts.device.DeviceId;
import io.warren.contracts.device.TenantId;
import io.warren.platform.problem.ProblemException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.JsonNodeFactory;

class JobTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    @ParameterizedTest
    @CsvSource({"1, 1", "10, 1", "500, 50", "1000, 100"})
    void aLowRateIsSpreadOverTheSecond(int rate, int pageSize) {
        assertThat(job(rate).pageSize()).isEqualTo(pageSize);
        assertThat(job(null).pageSize()).isEqualTo(100);
    }

    @Test
    void aSpoiledPageIsDealtWithOneByOneAndThenTogetherAgain() {
        Job job = job(null);
        job.goOneByOne(2, NOON);
        assertThat(job.pageSize()).isEqualTo(1);
        job.advance(outcomes("a"), NOON);
        assertThat(job.pageSize()).isEqualTo(1);
        job.advance(outcomes("b"), NOON);
        assertThat(job.pageSize()).isEqualTo(100);
        assertThat(job.position()).isEqualTo("b");
        assertThat(job.view(Map.of()).done()).isEqualTo(2);
    }

    @Test
    void theFirstHundredFailuresAreKept() {
        Job job = job(null);
        job.advance(
                IntStream.range(0, 150)
                        .mapToObj(number ->
                                new JobKind.Outcome(new DeviceId("d" + number), "failed", "because " + number))
                        .toList(),
                NOON);
        assertThat(job.view(Map.of()).failures()).hasSize(100).startsWith(new JobView.Failure("d0", "because 0"));
    }

    @Test
    void whatCannotBeTakenBackIsNotCalledOffAfterTheEnd() {
        Job running = job(null);
        running.cancel(false, NOON);
        running.cancel(false, NOON);
        assertThat(running.view(Map.of()).state()).isEqualTo(JobState.CANCELLED);

        Job finished = job(null);
        finished.finish(NOON);
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> finished.cancel(false, NOON));
        finished.cancel(true, NOON);
        assertThat(finished.isCancelling()).isTrue();
        finished.tookBack(false, NOON);
        finished.tookBack(true, NOON);
        assertThat(finished.view(Map.of()).state()).isEqualTo(JobState.CANCELLED);
    }

    @Test
    void whatRestsGoesOnWhereItWasOrIsCalledOff() {
        Job job = job(20);
        job.advance(outcomes("a"), NOON);
        job.pause();
        job.pause();
        assertThat(job.view(Map.of()).state()).isEqualTo(JobState.PAUSED);
        job.resume(NOON.plusSeconds(60));
        job.resume(NOON.plusSeconds(61));
        assertThat(job.view(Map.of()).state()).isEqualTo(JobState.RUNNING);
        assertThat(job.position()).isEqualTo("a");

        job.pause();
        job.cancel(true, NOON);
        assertThat(job.isCancelling()).isTrue();
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> job.resume(NOON));

        Job finished = job(null);
        finished.finish(NOON);
        assertThatExceptionOfType(ProblemException.class).isThrownBy(finished::pause);
    }

    private static Job job(@Nullable Integer rate) {
        return new Job(
                new JobOrder(
                        new TenantId("acme"),
                        "any",
                        JsonNodeFactory.instance.objectNode(),
                        new Target("true", null, null),
                        rate,
                        null),
                NOON);
    }

    private static List<JobKind.Outcome> outcomes(String... devices) {
        return List.of(devices).stream()
                .map(device -> new JobKind.Outcome(new DeviceId(device), "done", null))
                .toList();
    }
}
