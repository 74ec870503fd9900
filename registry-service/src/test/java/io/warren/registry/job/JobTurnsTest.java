package io.warren.registry.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.warren.contracts.device.DeviceId;
import io.warren.registry.RegistryTest;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
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
