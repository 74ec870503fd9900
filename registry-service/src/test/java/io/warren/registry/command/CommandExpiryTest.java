package io.warren.registry.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.warren.registry.Api;
import io.warren.registry.RegistryTest;
import io.warren.testing.backing.TestTokens;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

@RegistryTest
class CommandExpiryTest {

    private static final String COMMANDS = "/api/v1/devices/pump/commands";

    @Autowired
    TestTokens tokens;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    CommandHousekeeping housekeeping;

    @LocalServerPort
    int port;

    String tenant = "e-" + UUID.randomUUID().toString().substring(0, 8);
    Api api;

    @BeforeEach
    void makeADevice() {
        api = Api.asPlatformAdmin(port, tokens).withTenant(tenant);
        api.put("/api/v1/devices/pump", "{}");
    }

    @Test
    void aDeviceThatHasAcceptedACommandHasADayMoreToFinishIt() {
        String patient = commandWhoseTimeWasOver("RUNNING", "23 hours");
        String accepted = commandWhoseTimeWasOver("ACCEPTED", "25 hours");
        String running = commandWhoseTimeWasOver("RUNNING", "25 hours");
        String queued = commandWhoseTimeWasOver("QUEUED", "1 second");

        await().untilAsserted(() -> {
            assertThat(state(accepted)).isEqualTo("expired");
            assertThat(state(running)).isEqualTo("expired");
            assertThat(state(queued)).isEqualTo("expired");
        });
        assertThat(state(patient)).isEqualTo("running");
    }

    @Test
    void whatTheDeviceHasNotFinishedCounts() {
        jdbc.sql("""
                        INSERT INTO command (id, tenant, device, name, state, created_at, expires_at, version)
                        SELECT gen_random_uuid(), ?, 'pump', 'x', (ARRAY ['QUEUED', 'RUNNING'])[number % 2 + 1],
                               now(), now() + interval '1 hour', 0
                        FROM generate_series(1, 1000) AS number""").param(tenant).update();
        assertThat(api.post(COMMANDS, "{\"name\":\"x\"}").problem()).isEqualTo("command-queue-full");
        jdbc.sql("UPDATE command SET state = 'SUCCEEDED' WHERE tenant = ? AND state = 'RUNNING'")
                .param(tenant)
                .update();
        assertThat(api.post(COMMANDS, "{\"name\":\"x\"}").status()).isEqualTo(201);
    }

    @Test
    void allThatEndedLongAgoIsForgotten() {
        jdbc.sql("""
                        INSERT INTO command (id, tenant, device, name, state, created_at, expires_at, finished_at, version)
                        SELECT gen_random_uuid(), ?, 'pump', 'x', 'SUCCEEDED', now() - interval '40 days', now(),
                               now() - number % 3 * interval '20 days', 0
                        FROM generate_series(1, 2000) AS number""").param(tenant).update();
        housekeeping.forget();
        assertThat(jdbc.sql("SELECT count(*) FROM command WHERE tenant = ?")
                        .param(tenant)
                        .query(Integer.class)
                        .single())
                .as("two in three are younger than 30 days")
                .isEqualTo(1_333);
    }

    private String commandWhoseTimeWasOver(String state, String ago) {
        String id = api.post(COMMANDS, "{\"name\":\"x\"}").json().at("/id").asString();
        jdbc.sql("UPDATE command SET state = ?, expires_at = now() - ?::interval WHERE id = ?::uuid")
                .params(state, ago, id)
                .update();
        return id;
    }

    private String state(String id) {
        return api.get(COMMANDS + "/" + id).json().at("/state").asString();
    }
}
