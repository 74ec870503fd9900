package io.warren.registry.bulkupdate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.warren.contracts.device.DeviceId;
import io.warren.contracts.device.TenantId;
import io.warren.platform.problem.ProblemException;
import io.warren.registry.Api;
import io.warren.registry.LockWaits;
import io.warren.registry.RegistryTest;
import io.warren.registry.job.JobKind;
import io.warren.testing.backing.TestTokens;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@RegistryTest
class DeviceUpdateTest {

    private static final String UPDATE = "/api/v1/devices:update";

    @Autowired
    TestTokens tokens;

    @Autowired
    DeviceUpdate update;

    @Autowired
    TransactionTemplate transactions;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    LockWaits waits;

    @LocalServerPort
    int port;

    String tenant = "bu-" + UUID.randomUUID().toString().substring(0, 8);
    Api api;

    @BeforeEach
    void makeDevices() {
        api = Api.asPlatformAdmin(port, tokens).withTenant(tenant);
        for (String device : new String[] {"a", "b", "c"}) {
            api.put("/api/v1/devices/" + device, "{\"tags\":{\"site\":\"lyon\",\"id\":\"" + device + "\"}}");
        }
        api.patch("/api/v1/devices/b", "{\"tags\":{\"site\":\"paris\"}}");
    }

    @Test
    void allThatMatchAreChanged() {
        JsonNode job = finish("{\"filter\":\"true\",\"patch\":{\"tags\":{\"site\":\"paris\"}}}");
        assertThat(job.at("/counts/updated").asLong()).isEqualTo(2);
        assertThat(job.at("/counts/unchanged").asLong()).isEqualTo(1);
        JsonNode device = api.get("/api/v1/devices/a").json();
        assertThat(device.at("/tags/site").asString()).isEqualTo("paris");
        assertThat(device.at("/tags/id").asString()).isEqualTo("a");
        assertThat(device.at("/version").asLong()).isEqualTo(2);
    }

    @Test
    void theDevicesOfAGroupAreChanged() {
        api.put("/api/v1/groups/south", "{\"filter\":\"device.tags.site == 'lyon'\"}");
        JsonNode job = finish("{\"group\":\"south\",\"patch\":{\"tags\":{\"region\":\"south\"}}}");
        assertThat(job.at("/counts/updated").asLong()).isEqualTo(2);
        assertThat(api.get("/api/v1/devices/b").json().at("/tags").has("region"))
                .isFalse();
    }

    @Test
    void devicesAndTheirGatewaysAreLockedInOneOrder() throws Exception {
        api.put("/api/v1/devices/gateway", "{}");
        JobKind.Part part = new JobKind.Part(
                UUID.randomUUID(),
                new TenantId(tenant),
                JsonMapper.shared().readTree("{\"gateway\":\"gateway\"}"),
                List.of(new DeviceId("a"), new DeviceId("b"), new DeviceId("nobody")));
        AtomicReference<Thread> updater = new AtomicReference<>();
        transactions.executeWithoutResult(_ -> {
            lock("b", "");
            updater.set(Thread.startVirtualThread(() -> {
                try {
                    transactions.executeWithoutResult(_ -> update.work(part));
                } catch (ProblemException e) {
                    assertThat(e.getMessage()).contains("nobody");
                }
            }));
            await().until(waits::isSomebodyWaiting);
            lock("gateway", " NOWAIT");
        });
        assertThat(updater.get().join(Duration.ofSeconds(20))).isTrue();
    }

    private void lock(String device, String how) {
        assertThat(jdbc.sql("SELECT id FROM device WHERE tenant = ? AND id = ? FOR NO KEY UPDATE" + how)
                        .params(tenant, device)
                        .query(String.class)
                        .list())
                .containsExactly(device);
    }

    @Test
    void aDeviceThatCannotBeChangedHoldsUpNoOther() {
        StringBuilder full = new StringBuilder("{\"tags\":{");
        for (int number = 0; number < 62; number++) {
            full.append("\"t").append(number).append("\":\"x\",");
        }
        api.patch("/api/v1/devices/b", full.append("\"site\":\"lyon\"}}").toString());
        JsonNode job = finish("{\"devices\":[\"a\",\"b\",\"c\",\"nobody\"],\"patch\":{\"tags\":{\"new\":\"1\"}}}");
        assertThat(job.at("/counts/updated").asLong()).isEqualTo(2);
        assertThat(job.at("/counts/failed").asLong()).isEqualTo(2);
        assertThat(job.at("/failures"))
                .extracting(failure -> failure.at("/device").asString())
                .containsExactly("b", "nobody");
        assertThat(job.at("/failures/0/reason").asString()).contains("/tags");
        assertThat(job.at("/failures/1/reason").asString()).isEqualTo("There is no device nobody.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"filter\":\"true\",\"patch\":{\"more\":1}}",
                "{\"filter\":\"true\",\"patch\":{\"tags\":{\"site\":7000000000,\"\":\"\"}}}",
                "{\"filter\":\"true\"}",
                "{\"patch\":{}}"
            })
    void whatNoDeviceCouldTakeIsRefusedAtOnce(String body) {
        assertThat(api.post(UPDATE, body).status()).isEqualTo(422);
    }

    @Test
    void anOperatorChangesNoDevices() {
        assertThat(api.as(tenant, "operator")
                        .post(UPDATE, "{\"filter\":\"true\",\"patch\":{}}")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void whatIsDoneCannotBeCalledOff() {
        String job = finish("{\"filter\":\"true\",\"patch\":{}}").at("/id").asString();
        assertThat(api.post("/api/v1/jobs/" + job + ":cancel", "").problem()).isEqualTo("job-not-cancellable");
    }

    private JsonNode finish(String request) {
        Api.Answer answer = api.post(UPDATE, request);
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        String path = answer.headers().firstValue("Location").orElseThrow();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> api.get(path).json().at("/state").asString().equals("finished"));
        return api.get(path).json();
    }
}
