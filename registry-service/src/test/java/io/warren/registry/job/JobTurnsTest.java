package io.warren.registry.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.warren.contracts.device.DeviceId;
import io.warren.contracts.device.TenantId;
import io.warren.platform.problem.ProblemException;
import io.warren.registry.RegistryTest;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Turns in the far future, so that nobody but the test takes them. */
@RegistryTest
class JobTurnsTest {

    private static final Duration LEASE = Duration.ofSeconds(10);
    private static final Instant THEN = Instant.parse("2900-01-01T00:00:00Z");

    @Autowired
    Jobs jobs;

    @Autowired
    JobProgress progress;

    @Autowired
    JdbcClient jdbc;

    private final List<String> tenants = new ArrayList<>();

    @AfterEach
    void forget() {
        tenants.forEach(tenant ->
                jdbc.sql("DELETE FROM job WHERE tenant = ?").param(tenant).update());
    }

    @Test
    void aTurnThatSomebodyElseHasTakenSinceChangesNothing() {
        String tenant = tenantWithADevice();
        UUID job = jobDueAt(tenant, THEN);
        Job dead = jobs.take(THEN, LEASE).orElseThrow();
        assertThat(jobs.take(THEN.plusSeconds(9), LEASE)).as("it is taken").isEmpty();
        Job next = jobs.take(THEN.plusSeconds(10), LEASE).orElseThrow();

        progress.work(next, List.of(new DeviceId("d1")));
        progress.work(dead, List.of(new DeviceId("d1")));
        progress.stumble(dead, List.of(new DeviceId("d1")), "too late");
        progress.fail(dead, "too late");

        assertThat(jdbc.sql("SELECT count(*) FROM command WHERE batch = ?")
                        .param(job)
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
        assertThat(jdbc.sql("SELECT position || ' ' || done || ' ' || state FROM job WHERE id = ?")
                        .param(job)
                        .query(String.class)
                        .single())
                .isEqualTo("d1 1 RUNNING");
    }

    @Test
    void aTurnThatWasTakenBeforeThePauseChangesNothingAfterIt() {
        String tenant = tenantWithADevice();
        UUID job = jobDueAt(tenant, THEN);
        Job taken = jobs.take(THEN, LEASE).orElseThrow();
        progress.pause(new TenantId(tenant), job);
        progress.work(taken, List.of(new DeviceId("d1")));
        progress.fail(taken, "too late");
        assertThat(jobs.take(THEN.plusSeconds(100), LEASE)).as("it rests").isEmpty();
        assertThat(stateOf(job)).isEqualTo("PAUSED 0");

        progress.resume(new TenantId(tenant), job);
        progress.work(taken, List.of(new DeviceId("d1")));
        await().untilAsserted(() -> assertThat(stateOf(job)).isEqualTo("FINISHED 1"));
    }

    @Test
    void whoeverPausesResumesAndCancelsAtOnceLeavesOneStateAndNoDeviceIsDealtWithTwice() throws Exception {
        String tenant = tenantWithADevice();
        jdbc.sql("""
                        INSERT INTO device (tenant, id, type, tags, identifiers, enabled, created_at, version)
                        SELECT ?, 'e' || number, 'generic', '{}', '{}', true, now(), 1
                        FROM generate_series(1, 300) AS number""").param(tenant).update();
        UUID job = jobDueAt(tenant, Instant.now());
        jdbc.sql("UPDATE job SET rate = 200 WHERE id = ?").param(job).update();
        try (var threads = Executors.newFixedThreadPool(6)) {
            List<Callable<Void>> hands = new ArrayList<>();
            for (int hand = 0; hand < 60; hand++) {
                boolean pauses = hand % 2 == 0;
                hands.add(() -> {
                    if (pauses) {
                        progress.pause(new TenantId(tenant), job);
                    } else {
                        progress.resume(new TenantId(tenant), job);
                    }
                    return null;
                });
            }
            for (var done : threads.invokeAll(hands)) {
                done.get();
            }
            progress.resume(new TenantId(tenant), job);
            await().until(() -> stateOf(job).matches("RUNNING [1-9].*|FINISHED.*"));
            for (var done : threads.invokeAll(List.of(
                    Executors.callable(() -> progress.cancel(new TenantId(tenant), job)), Executors.callable(() -> {
                        try {
                            progress.pause(new TenantId(tenant), job);
                        } catch (ProblemException e) {
                            assertThat(e.kind().name()).isEqualTo("job-not-pausable");
                        }
                    })))) {
                done.get();
            }
        }
        await().untilAsserted(() -> assertThat(stateOf(job)).startsWith("CANCELLED"));
        assertThat(jdbc.sql("SELECT count(*) - count(DISTINCT device) FROM command WHERE batch = ?")
                        .param(job)
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void allThatEndedLongAgoIsForgottenSomeAtATime(@Autowired JobHousekeeping housekeeping) {
        String tenant = tenantWithADevice();
        jdbc.sql("""
                        INSERT INTO job (id, tenant, kind, state, target, request, position, one_by_one, done, failures,
                                         created_at, finished_at, worked_at, version)
                        SELECT gen_random_uuid(), ?, 'commands', 'FINISHED', '{"filter": "true"}', '{}', '', 0, 0, '[]',
                               now(), now() - number % 3 * interval '20 days', now(), 0
                        FROM generate_series(1, 2000) AS number""").param(tenant).update();
        housekeeping.forget();
        assertThat(jdbc.sql("SELECT count(*) FROM job WHERE tenant = ?")
                        .param(tenant)
                        .query(Integer.class)
                        .single())
                .isEqualTo(1_333);
    }

    @Test
    void manyJobsOfOneTenantDoNotHoldUpTheOthers() {
        String busy = tenantWithADevice();
        String calm = tenantWithADevice();
        for (int number = 0; number < 5; number++) {
            jobDueAt(busy, THEN);
        }
        UUID ofCalm = jobDueAt(calm, THEN.plusSeconds(1));
        Instant now = THEN.plusSeconds(2);
        List<UUID> first = List.of(
                jobs.take(now, LEASE).orElseThrow().id(),
                jobs.take(now, LEASE).orElseThrow().id());
        assertThat(first).contains(ofCalm);
    }

    @Test
    void aJobThatCannotGoOnEndsInsteadOfBeingTriedForEver() {
        UUID job = jobDueAt(tenantWithADevice(), THEN);
        jdbc.sql("UPDATE job SET position = 'no id', due_at = now() WHERE id = ?")
                .param(job)
                .update();
        await().untilAsserted(() -> assertThat(jdbc.sql("SELECT state || ': ' || reason FROM job WHERE id = ?")
                        .param(job)
                        .query(String.class)
                        .optional())
                .hasValueSatisfying(end -> assertThat(end).startsWith("FAILED: Something went wrong")));
    }

    private String stateOf(UUID job) {
        return jdbc.sql("SELECT state || ' ' || done FROM job WHERE id = ?")
                .param(job)
                .query(String.class)
                .single();
    }

    private String tenantWithADevice() {
        String tenant = "jt-" + UUID.randomUUID().toString().substring(0, 8);
        tenants.add(tenant);
        jdbc.sql("INSERT INTO tenant (id, created_at, version) VALUES (?, now(), 1)")
                .param(tenant)
                .update();
        jdbc.sql("""
                        INSERT INTO device (tenant, id, type, tags, identifiers, enabled, created_at, version)
                        VALUES (?, 'd1', 'generic', '{}', '{}', true, now(), 1)""").param(tenant).update();
        return tenant;
    }

    private UUID jobDueAt(String tenant, Instant at) {
        UUID id = UUID.randomUUID();
        jdbc.sql("""
                        INSERT INTO job (id, tenant, kind, state, target, request, position, one_by_one, done, failures,
                                         created_at, due_at, worked_at, version)
                        VALUES (?, ?, 'commands', 'RUNNING', '{"filter": "true"}', '{"name": "reboot"}', '', 0, 0, '[]',
                                now(), ?, now(), 0)""").param(id).param(tenant).param(Timestamp.from(at)).update();
        return id;
    }
}
