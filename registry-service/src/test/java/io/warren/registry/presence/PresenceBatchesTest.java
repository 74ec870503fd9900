package io.warren.registry.presence;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.device.DeviceId;
import io.warren.registry.Api;
import io.warren.registry.RegistryTest;
import io.warren.registry.StatementCount;
import io.warren.registry.presence.ConnectionChange.Connection;
import io.warren.registry.presence.ConnectionChange.Kind;
import io.warren.testing.backing.TestTokens;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.event.ApplicationEvents;
import org.springframework.test.context.event.RecordApplicationEvents;

/** However news are cut into batches, what comes of them is the same, and a batch costs what its busiest device does. */
@RegistryTest
@RecordApplicationEvents
class PresenceBatchesTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final int DEVICES = 3;

    @Autowired
    TestTokens tokens;

    @Autowired
    PresenceTracking tracking;

    @Autowired
    StatementCount statements;

    @Autowired
    JdbcClient jdbc;

    @LocalServerPort
    int port;

    static IntStream seeds() {
        return IntStream.range(0, 50);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void newsHaveTheSameOutcomeInBatchesAsOneByOne(int seed, ApplicationEvents said) {
        String batches = tenantWithDevices(DEVICES);
        String single = tenantWithDevices(DEVICES);
        Random random = new Random(seed);
        List<News> news = Stream.generate(() -> News.any(random))
                .limit(1 + random.nextInt(60))
                .toList();

        for (int from = 0, to; from < news.size(); from = to) {
            to = Math.min(news.size(), from + 1 + random.nextInt(15));
            note(batches, news.subList(from, to));
        }
        news.forEach(each -> note(single, List.of(each)));

        assertThat(onRecord(batches)).hasSize(DEVICES).isEqualTo(onRecord(single));
        assertThat(connections(batches)).isEqualTo(connections(single));
        assertThat(told(batches)).isEqualTo(told(single));
        assertThat(connected(said, batches)).isEqualTo(connected(said, single));
    }

    @Test
    void aBatchTakesAsManyStatementsForManyDevicesAsForOne() {
        String fleet = tenantWithDevices(200);
        int forOne = statements.of(() -> tracking.note(opened(fleet, 1, 1, connection(0))));
        assertThat(forOne).isLessThanOrEqualTo(10);
        assertThat(statements.of(() -> tracking.note(opened(fleet, 2, 200, connection(0)))))
                .isEqualTo(forOne);
        assertThat(jdbc.sql("SELECT count(*) FROM presence WHERE tenant = ? AND connected")
                        .param(fleet)
                        .query(Integer.class)
                        .single())
                .isEqualTo(200);

        assertThat(statements.of(() -> tracking.note(takenOver(fleet, 200, connection(0), connection(1)))))
                .as(
                        "with a second wave, of connections that are closed, and those that gave way and may do so again and again")
                .isEqualTo(forOne + 3);
    }

    @Test
    void batchesAndDeletionsOfTheSameDevicesDoNotLockEachOtherOut() {
        int devices = 50;
        String fleet = tenantWithDevices(devices);
        List<CompletableFuture<Void>> replicas = IntStream.range(0, 3)
                .mapToObj(replica -> CompletableFuture.runAsync(() -> shuffledBatches(fleet, devices, replica)))
                .toList();
        Api api = Api.asPlatformAdmin(port, tokens).withTenant(fleet);
        for (int device = 1; device <= devices; device += 2) {
            assertThat(api.delete("/api/v1/devices/d" + device).status()).isEqualTo(204);
        }
        assertThat(replicas).allSatisfy(replica -> assertThat(replica).succeedsWithin(Duration.ofSeconds(30)));
        assertThat(onRecord(fleet))
                .hasSize(devices / 2)
                .allSatisfy(row -> assertThat(row).containsEntry("connected", true));
    }

    private void shuffledBatches(String tenant, int devices, int replica) {
        Random random = new Random(replica);
        for (int round = 0; round < 30; round++) {
            List<ConnectionChange> news =
                    new ArrayList<>(opened(tenant, 1, devices, connection(replica * 1_000 + round)));
            Collections.shuffle(news, random);
            tracking.note(news);
        }
    }

    private void note(String tenant, List<News> news) {
        tracking.note(news.stream().map(each -> each.about(tenant)).toList());
    }

    private static List<ConnectionChange> opened(String tenant, int first, int last, Connection connection) {
        return IntStream.rangeClosed(first, last)
                .mapToObj(device -> ConnectionChange.opened(DeviceAddress.of(tenant, "d" + device), connection))
                .toList();
    }

    private static List<ConnectionChange> takenOver(String tenant, int devices, Connection before, Connection after) {
        return opened(tenant, 1, devices, after).stream()
                .flatMap(change ->
                        Stream.of(change, ConnectionChange.closed(change.address(), before, after.connectedAt())))
                .toList();
    }

    private static Connection connection(int number) {
        return new Connection("c" + number, NOON.plusSeconds(number), "192.0.2.1", "MQTT 5.0");
    }

    private String tenantWithDevices(int count) {
        String tenant = "b-" + UUID.randomUUID().toString().substring(0, 8);
        jdbc.sql("INSERT INTO tenant (id, created_at, version) VALUES (?, now(), 1)")
                .param(tenant)
                .update();
        jdbc.sql("""
                        INSERT INTO device (tenant, id, type, tags, identifiers, enabled, created_at, version)
                        SELECT ?, 'd' || number, 'default', '{}', '{}', true, now(), 1
                        FROM generate_series(1, ?) AS number""").params(tenant, count).update();
        jdbc.sql("INSERT INTO presence (tenant, device) SELECT tenant, id FROM device WHERE tenant = ?")
                .param(tenant)
                .update();
        return tenant;
    }

    private List<Map<String, @Nullable Object>> onRecord(String tenant) {
        return rows("""
                SELECT p.device, connected, connection_name, p.connected_at, last_seen_at, c.name, c.connected_at AS since
                FROM presence p LEFT JOIN connection c USING (epoch) WHERE p.tenant = ? ORDER BY p.device""", tenant);
    }

    private List<Map<String, @Nullable Object>> connections(String tenant) {
        return rows("""
                SELECT device, name, address, protocol, connected_at, disconnected_at, cause
                FROM connection WHERE tenant = ? ORDER BY device, epoch""", tenant);
    }

    private List<Map<String, @Nullable Object>> told(String tenant) {
        return rows("""
                SELECT body ->> 'device' AS device, type, body ->> 'at' AS at, body ->> 'address' AS address,
                       body ->> 'protocol' AS protocol, c.name, c.connected_at
                FROM (SELECT id, type, payload::json AS body FROM outbox WHERE type LIKE 'presence.%') AS event
                     LEFT JOIN connection c ON epoch = (body ->> 'epoch')::bigint
                WHERE body ->> 'tenant' = ? ORDER BY 1, event.id""", tenant);
    }

    private List<Map<String, @Nullable Object>> rows(String sql, String tenant) {
        return jdbc.sql(sql).param(tenant).query().listOfRows();
    }

    private static Set<DeviceId> connected(ApplicationEvents said, String tenant) {
        return said.stream(DevicesConnected.class)
                .flatMap(event -> event.addresses().stream())
                .filter(address -> address.tenant().value().equals(tenant))
                .map(DeviceAddress::device)
                .collect(toSet());
    }

    /** A piece of news of a device, known or not, in no tenant yet; connections are few, so that news meet. */
    private record News(
            Kind kind,
            String device,
            Connection connection,
            @Nullable Instant closedAt,
            @Nullable String cause) {

        static News any(Random random) {
            String device = "d" + random.nextInt(1, DEVICES + 2);
            Connection connection = new Connection(
                    "c" + random.nextInt(2),
                    NOON.plusSeconds(random.nextInt(4)),
                    "192.0.2." + random.nextInt(2),
                    random.nextBoolean() ? "MQTT 5.0" : null);
            Kind kind = List.copyOf(EnumSet.allOf(Kind.class)).get(random.nextInt(4));
            if (kind != Kind.CLOSED) {
                return new News(kind, device, connection, null, null);
            }
            Instant closedAt = connection.connectedAt().plusMillis(random.nextInt(5_000));
            return new News(kind, device, connection, closedAt, random.nextBoolean() ? ConnectionChange.LOST : null);
        }

        ConnectionChange about(String tenant) {
            return new ConnectionChange(kind, DeviceAddress.of(tenant, device), connection, closedAt, cause);
        }
    }
}
