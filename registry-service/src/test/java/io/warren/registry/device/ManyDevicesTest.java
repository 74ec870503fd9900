package io.warren.registry.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.warren.contracts.device.DeviceId;
import io.warren.contracts.device.TenantId;
import io.warren.registry.Api;
import io.warren.registry.RegistryTest;
import io.warren.registry.StatementCount;
import io.warren.registry.device.DeviceRegistration.Change;
import io.warren.testing.backing.TestTokens;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Devices put many at a time, beside those that are put one by one. */
@RegistryTest
class ManyDevicesTest {

    @Autowired
    DeviceRegistration registration;

    @Autowired
    TestTokens tokens;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    StatementCount statements;

    @LocalServerPort
    int port;

    private final TenantId tenant =
            new TenantId("many-" + UUID.randomUUID().toString().substring(0, 8));
    private Api api;

    @BeforeEach
    void makeTenant() {
        api = Api.asPlatformAdmin(port, tokens).withTenant(tenant.value());
    }

    @Test
    void manyDevicesComeChangeAndStay() {
        assertThat(put(Map.of("a", "A", "b", "B")))
                .containsValues(Change.CREATED)
                .hasSize(2);
        assertThat(put(Map.of("a", "A", "b", "other", "c", "C")))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(id("a"), Change.UNCHANGED, id("b"), Change.UPDATED, id("c"), Change.CREATED));

        assertThat(api.get("/api/v1/devices/a").eTag()).isEqualTo("\"1\"");
        assertThat(api.get("/api/v1/devices/b").eTag()).isEqualTo("\"2\"");
        assertThat(api.get("/api/v1/devices/b").json().at("/name").asString()).isEqualTo("other");
        assertThat(eventsOf("b")).containsExactly("device.registered.v1 1", "device.updated.v1 2");
    }

    @Test
    void devicesThatExistAreLeftAloneWhenOnlyNewOnesAreWanted() {
        put(Map.of("old", "Old"));
        assertThat(registration.putAll(tenant, descriptions(Map.of("old", "New", "new", "New")), true))
                .containsExactlyInAnyOrderEntriesOf(Map.of(id("old"), Change.REFUSED, id("new"), Change.CREATED));
        assertThat(api.get("/api/v1/devices/old").json().at("/name").asString()).isEqualTo("Old");
    }

    @Test
    void versionsGoOnWhenDevicesComeAgain() {
        put(Map.of("phoenix", "1"));
        api.delete("/api/v1/devices/phoenix");
        put(Map.of("phoenix", "2", "other", "1"));
        assertThat(api.get("/api/v1/devices/phoenix").eTag()).isEqualTo("\"3\"");
        assertThat(api.get("/api/v1/devices/other").eTag()).isEqualTo("\"1\"");
    }

    @Test
    void aThousandDevicesTakeAsManyStatementsAsOne() {
        int ofOne = statements.of(() -> put(numbered(0, 1)));
        assertThat(statements.of(() -> put(numbered(0, 1_000)))).isLessThanOrEqualTo(ofOne + 4);
    }

    @Test
    void whoPutsManyAndWhoPutsOneDoNotDisturbEachOther() throws Exception {
        List<Callable<Integer>> callers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            int round = i;
            callers.add(() -> {
                Map<String, String> forwards = numbered(round, 200);
                return put(round % 2 == 0 ? forwards : backwards(forwards)).size();
            });
            callers.add(() -> IntStream.range(0, 25)
                    .map(n -> api.put("/api/v1/devices/d" + n * 7, "{\"name\":\"alone " + round + "\"}")
                            .status())
                    .filter(status -> status < 300)
                    .map(_ -> 8)
                    .sum());
            callers.add(() -> IntStream.range(0, 25)
                    .map(n -> api.delete("/api/v1/devices/d" + n * 7).status())
                    .filter(status -> status == 204 || status == 404)
                    .map(_ -> 8)
                    .sum());
        }
        try (var threads = Executors.newFixedThreadPool(callers.size())) {
            for (var caller : threads.invokeAll(callers)) {
                assertThat(caller.get()).isEqualTo(200);
            }
        }
    }

    private Map<DeviceId, Change> put(Map<String, String> names) {
        return registration.putAll(tenant, descriptions(names), false);
    }

    private static Map<DeviceId, DeviceDescription> descriptions(Map<String, String> names) {
        Map<DeviceId, DeviceDescription> descriptions = new LinkedHashMap<>();
        names.forEach((id, name) -> descriptions.put(
                id(id), new DeviceDescription("generic", name, Map.of("site", "lyon"), Map.of(), null)));
        return descriptions;
    }

    private static Map<String, String> numbered(int round, int count) {
        Map<String, String> names = new LinkedHashMap<>();
        IntStream.range(0, count).forEach(n -> names.put("d" + n, "round " + round));
        return names;
    }

    private static Map<String, String> backwards(Map<String, String> names) {
        Map<String, String> backwards = new LinkedHashMap<>();
        List.copyOf(names.entrySet()).reversed().forEach(entry -> backwards.put(entry.getKey(), entry.getValue()));
        return backwards;
    }

    private static DeviceId id(String id) {
        return new DeviceId(id);
    }

    private List<String> eventsOf(String device) {
        return jdbc.sql("""
                        SELECT type || ' ' || (payload::json ->> 'version') FROM outbox
                        WHERE payload::json ->> 'tenant' = ? AND payload::json ->> 'device' = ? ORDER BY id""")
                .params(tenant.value(), device)
                .query((row, _) -> String.valueOf(row.getString(1)))
                .list();
    }
}
