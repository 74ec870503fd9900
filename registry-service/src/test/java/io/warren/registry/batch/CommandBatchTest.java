package io.warren.registry.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.warren.registry.Api;
import io.warren.registry.RegistryTest;
import io.warren.testing.backing.TestTokens;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

@RegistryTest
class CommandBatchTest {

    private static final String BATCH = "/api/v1/commands:batch";

    @Autowired
    TestTokens tokens;

    @Autowired
    JdbcClient jdbc;

    @LocalServerPort
    int port;

    String tenant = "cb-" + UUID.randomUUID().toString().substring(0, 8);
    Api api;

    @BeforeEach
    void makeATenant() {
        api = Api.asPlatformAdmin(port, tokens).withTenant(tenant).as(tenant, "operator");
    }

    @Test
    void everyDeviceIsGivenTheCommandOnce() {
        makeDevices(250);
        String job = start("{\"name\":\"reboot\",\"args\":{\"n\":1},\"filter\":\"true\",\"rate\":1000}");
        JsonNode finished = awaitState(job, "finished");
        assertThat(finished.at("/counts/queued").asLong()).isEqualTo(250);
        assertThat(finished.at("/done").asLong()).isEqualTo(250);
        assertThat(jdbc.sql("SELECT count(DISTINCT device) || ' of ' || count(*) FROM command WHERE tenant = ?")
                        .param(tenant)
                        .query(String.class)
                        .single())
                .isEqualTo("250 of 250");

        JsonNode page = api.get("/api/v1/commands?batch=" + job + "&state=queued&limit=200")
                .json();
        assertThat(page.at("/items").size()).isEqualTo(200);
        assertThat(page.at("/items/0/args/n").asInt()).isEqualTo(1);
        assertThat(page.at("/items/0/batch").asString()).isEqualTo(job);
        assertThat(api.get("/api/v1/commands?batch=" + job + "&limit=200&cursor="
                                + page.at("/next").asString())
                        .json()
                        .at("/items")
                        .size())
                .isEqualTo(50);
        assertThat(api.get("/api/v1/commands?batch=" + job + "&state=failed")
                        .json()
                        .at("/items")
                        .size())
                .isZero();
    }

    @Test
    void devicesThatAreNotThereOrHaveTooMuchToDoAreSkippedWithTheReason() {
        makeDevices(3);
        jdbc.sql("""
                        INSERT INTO command (id, tenant, device, name, state, created_at, expires_at, version)
                        SELECT gen_random_uuid(), ?, 'd2', 'x', 'RUNNING', now(), now() + interval '1 hour', 0
                        FROM generate_series(1, 1000)""").param(tenant).update();
        String job = start("{\"name\":\"reboot\",\"devices\":[\"d3\",\"nobody\",\"d1\",\"d2\",\"d1\"]}");
        JsonNode finished = awaitState(job, "finished");
        assertThat(finished.at("/total").asLong()).isEqualTo(4);
        assertThat(finished.at("/counts/queued").asLong()).isEqualTo(2);
        assertThat(finished.at("/counts/skipped").asLong()).isEqualTo(2);
        assertThat(finished.at("/failures"))
                .extracting(failure -> failure.at("/device").asString() + ": "
                        + failure.at("/reason").asString())
                .containsExactly(
                        "d2: The device has too many unfinished commands.", "nobody: There is no such device.");
    }

    @Test
    void onlyDevicesThatTheExpressionIsTrueOfAreGivenTheCommand() {
        makeDevices(20);
        jdbc.sql("UPDATE device SET tags = '{\"site\": \"lyon\"}' WHERE tenant = ? AND id IN ('d2', 'd11', 'd19')")
                .param(tenant)
                .update();
        String job = start("{\"name\":\"reboot\",\"filter\":\"device.tags.site == \\\"lyon\\\"\"}");
        assertThat(awaitState(job, "finished").at("/counts/queued").asLong()).isEqualTo(3);
        assertThat(api.get("/api/v1/commands?batch=" + job).json().at("/items"))
                .extracting(command -> command.at("/device").asString())
                .containsExactlyInAnyOrder("d2", "d11", "d19");
    }

    @Test
    void theDevicesOfAGroupAreGivenTheCommandWhateverItsKind() {
        makeDevices(12);
        Api integrator = api.as(tenant, "integrator");
        integrator.put("/api/v1/groups/listed", "{\"devices\":[\"d3\",\"d11\"]}");
        integrator.put("/api/v1/groups/ruled", "{\"filter\":\"'listed' in device.groups || device.id.endsWith('2')\"}");
        String job = start("{\"name\":\"reboot\",\"group\":\"ruled\"}");
        JsonNode finished = awaitState(job, "finished");
        assertThat(finished.at("/group").asString()).isEqualTo("ruled");
        assertThat(api.get("/api/v1/commands?batch=" + job).json().at("/items"))
                .extracting(command -> command.at("/device").asString())
                .containsExactlyInAnyOrder("d2", "d3", "d11", "d12");
        assertThat(api.get("/api/v1/devices/d1/explain?for=batch:" + job).text())
                .contains("target-not-met");
    }

    @Test
    void aGroupThatGoesEndsItsJobsAndThatOfAnotherTenantIsNone() {
        makeDevices(30);
        Api integrator = api.as(tenant, "integrator");
        integrator.put("/api/v1/groups/gone", "{\"filter\":\"true\"}");
        Api thief = integrator.withTenant("thieves");
        assertThat(thief.post(BATCH, "{\"name\":\"x\",\"group\":\"gone\"}")
                        .json()
                        .at("/errors/0/pointer")
                        .asString())
                .isEqualTo("/group");
        String job = start("{\"name\":\"reboot\",\"group\":\"gone\",\"rate\":1}");
        assertThat(integrator.delete("/api/v1/groups/gone").status()).isEqualTo(204);
        assertThat(awaitState(job, "failed").at("/reason").asString()).isEqualTo("There is no group gone.");
    }

    @Test
    void aJobRestsAndGoesOn() {
        makeDevices(40);
        String job = start("{\"name\":\"reboot\",\"filter\":\"true\",\"rate\":20}");
        await().until(() -> job(job).at("/done").asLong() > 1);
        JsonNode paused = api.post("/api/v1/jobs/" + job + ":pause", "").json();
        assertThat(paused.at("/state").asString()).isEqualTo("paused");
        long done = paused.at("/done").asLong();
        assertThat(done).isLessThan(40);
        await().during(Duration.ofSeconds(2)).until(() -> job(job).at("/done").asLong() == done);
        assertThat(api.as(tenant, "viewer")
                        .post("/api/v1/jobs/" + job + ":resume", "")
                        .status())
                .isEqualTo(403);
        assertThat(api.withTenant("thieves")
                        .post("/api/v1/jobs/" + job + ":resume", "")
                        .problem())
                .isEqualTo("job-not-found");
        api.post("/api/v1/jobs/" + job + ":resume", "");
        assertThat(awaitState(job, "finished").at("/counts/queued").asLong()).isEqualTo(40);
        assertThat(api.post("/api/v1/jobs/" + job + ":pause", "").problem()).isEqualTo("job-not-pausable");
    }

    @Test
    void theRateIsKept() {
        makeDevices(30);
        Instant before = Instant.now();
        awaitState(start("{\"name\":\"reboot\",\"filter\":\"true\",\"rate\":20}"), "finished");
        assertThat(Duration.between(before, Instant.now())).isBetween(Duration.ofMillis(1_400), Duration.ofSeconds(4));
    }

    @Test
    void countsFollowTheCommands() {
        makeDevices(4);
        String job = start("{\"name\":\"reboot\",\"filter\":\"true\",\"expiresIn\":600}");
        awaitState(job, "finished");
        jdbc.sql("UPDATE command SET expires_at = now() WHERE tenant = ? AND device = 'd1'")
                .param(tenant)
                .update();
        String second =
                api.get("/api/v1/devices/d2/commands").json().at("/items/0/id").asString();
        api.post("/api/v1/devices/d2/commands/" + second + ":cancel", "");
        api.as(tenant, "integrator").delete("/api/v1/devices/d3");
        await().untilAsserted(() -> {
            JsonNode counts = job(job).at("/counts");
            assertThat(counts.at("/queued").asLong()).isEqualTo(1);
            assertThat(counts.at("/expired").asLong()).isEqualTo(1);
            assertThat(counts.at("/cancelled").asLong()).isEqualTo(2);
        });
    }

    @Test
    void whatIsStillQueuedIsCalledOffWithTheJob() {
        makeDevices(450);
        String job = start("{\"name\":\"reboot\",\"filter\":\"true\",\"rate\":1000}");
        awaitState(job, "finished");
        jdbc.sql("UPDATE command SET state = 'SENT' WHERE tenant = ? AND device = 'd7'")
                .param(tenant)
                .update();
        assertThat(api.post("/api/v1/jobs/" + job + ":cancel", "").status()).isEqualTo(200);
        JsonNode cancelled = awaitState(job, "cancelled");
        assertThat(cancelled.at("/counts/cancelled").asLong()).isEqualTo(449);
        assertThat(jdbc.sql(
                                "SELECT count(*) FROM outbox WHERE type = 'command.cancelled.v1' AND payload::json ->> 'batch' = ?")
                        .param(job)
                        .query(Integer.class)
                        .single())
                .isEqualTo(449);
        assertThat(api.post("/api/v1/jobs/" + job + ":cancel", "").status()).isEqualTo(200);
    }

    @Test
    void aJobThatIsCalledOffGivesNoMore() {
        makeDevices(50);
        String job = start("{\"name\":\"reboot\",\"filter\":\"true\",\"rate\":5}");
        await().until(() -> job(job).at("/done").asLong() > 1);
        api.post("/api/v1/jobs/" + job + ":cancel", "");
        long done = awaitState(job, "cancelled").at("/done").asLong();
        assertThat(done).isLessThan(50);
        assertThat(job(job).at("/counts/cancelled").asLong()).isEqualTo(done);
    }

    @Test
    void theSameIdempotencyKeyGivesOneBatch() {
        makeDevices(2);
        String order = "{\"name\":\"reboot\",\"filter\":\"true\"}";
        Api.Answer first = api.post(BATCH, order, "Idempotency-Key", "k1");
        Api.Answer second = api.post(BATCH, order, "Idempotency-Key", "k1");
        assertThat(second.json().at("/id")).isEqualTo(first.json().at("/id"));
        awaitState(first.json().at("/id").asString(), "finished");
        assertThat(api.get("/api/v1/jobs").json().at("/items").size()).isEqualTo(1);
    }

    @Test
    void theIdempotencyKeyOfAnotherKindOfJobIsAnother() {
        makeDevices(1);
        Api integrator = api.as(tenant, "integrator");
        Api.Answer batch = integrator.post(BATCH, "{\"name\":\"reboot\",\"filter\":\"true\"}", "Idempotency-Key", "k1");
        Api.Answer update = integrator.post(
                "/api/v1/devices:update", "{\"filter\":\"true\",\"patch\":{}}", "Idempotency-Key", "k1");
        assertThat(batch.json().at("/kind").asString())
                .isNotEqualTo(update.json().at("/kind").asString());
        assertThat(update.json().at("/id")).isNotEqualTo(batch.json().at("/id"));
    }

    @Test
    void aTenantHasTenJobsAtATime() {
        makeDevices(100);
        String order = "{\"name\":\"reboot\",\"filter\":\"true\",\"rate\":1}";
        IntStream.range(0, 10).forEach(_ -> start(order));
        assertThat(api.post(BATCH, order).problem()).isEqualTo("too-many-jobs");
        api.get("/api/v1/jobs")
                .json()
                .at("/items")
                .forEach(job -> api.post("/api/v1/jobs/" + job.at("/id").asString() + ":cancel", ""));
        await().until(() -> api.post(BATCH, order).status() == 202);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\":\"x\"}",
                "{\"name\":\"x\",\"filter\":\"true\",\"devices\":[\"d1\"]}",
                "{\"name\":\"x\",\"filter\":\"true\",\"group\":\"g\"}",
                "{\"name\":\"x\",\"group\":\"nobody\"}",
                "{\"name\":\"x\",\"group\":\"\\\" in device.groups || true || \\\"\"}",
                "{\"name\":\"x\",\"devices\":[]}",
                "{\"name\":\"x\",\"devices\":[null]}",
                "{\"name\":\"a/b\",\"filter\":\"true\"}",
                "{\"filter\":\"true\"}",
                "{\"name\":\"x\",\"filter\":\"true\",\"rate\":0}",
                "{\"name\":\"x\",\"filter\":\"true\",\"rate\":1001}",
                "{\"name\":\"x\",\"filter\":\"nonsense(\"}",
                "{\"name\":\"x\",\"filter\":\"true\",\"args\":\"a\\u0000b\"}"
            })
    void whatIsNoOrderIsRefused(String body) {
        assertThat(api.post(BATCH, body).status()).isEqualTo(422);
    }

    @Test
    void anotherTenantSeesAndCancelsNothing() {
        makeDevices(1);
        String job = start("{\"name\":\"reboot\",\"filter\":\"true\"}");
        awaitState(job, "finished");
        Api thief = api.withTenant("thieves");
        assertThat(thief.get("/api/v1/jobs/" + job).problem()).isEqualTo("job-not-found");
        assertThat(thief.post("/api/v1/jobs/" + job + ":cancel", "").problem()).isEqualTo("job-not-found");
        assertThat(thief.get("/api/v1/commands?batch=" + job)
                        .json()
                        .at("/items")
                        .size())
                .isZero();
        assertThat(api.as(tenant, "viewer")
                        .post(BATCH, "{\"name\":\"reboot\",\"filter\":\"true\"}")
                        .status())
                .isEqualTo(403);
    }

    private String start(String order) {
        Api.Answer answer = api.post(BATCH, order);
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        String id = answer.json().at("/id").asString();
        assertThat(answer.headers().firstValue("Location")).hasValue("/api/v1/jobs/" + id);
        return id;
    }

    private JsonNode awaitState(String job, String state) {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> job(job).at("/state").asString().equals(state));
        return job(job);
    }

    private JsonNode job(String id) {
        return api.get("/api/v1/jobs/" + id).json();
    }

    private void makeDevices(int count) {
        jdbc.sql("""
                        INSERT INTO device (tenant, id, type, tags, identifiers, enabled, created_at, version)
                        SELECT ?, 'd' || number, 'generic', '{}', '{}', true, now(), 1
                        FROM generate_series(1, ?) AS number""").params(tenant, count).update();
        jdbc.sql("INSERT INTO presence (tenant, device) SELECT tenant, id FROM device WHERE tenant = ?")
                .param(tenant)
                .update();
    }
}
