package io.warren.telemetry.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.warren.telemetry.Devices;
import io.warren.telemetry.Management;
import io.warren.telemetry.TelemetryApplication;
import io.warren.testing.backing.Backed;
import io.warren.testing.backing.TestVirtualHost;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;

/** Each measurement once and in order, whatever happens on the way from the real broker into the real database. */
@Backed(broker = Backed.Broker.OWN_VHOST)
@SpringBootTest(properties = "warren.held.patience=1s")
class IngestIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Autowired
    RabbitTemplate rabbit;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    DataSource dataSource;

    @Autowired
    Environment environment;

    @Autowired
    TestVirtualHost virtualHost;

    private final String device = "d" + UUID.randomUUID().toString().substring(0, 8);
    private Devices devices;
    private Management management;

    @BeforeEach
    void connect() {
        devices = new Devices(rabbit, "acme", Clock.systemUTC());
        management = new Management(virtualHost.name());
    }

    @AfterEach
    void disconnect() throws Exception {
        devices.close();
    }

    @Test
    void poisonIsRefusedAndTheGoodAroundItIsStored() {
        List<byte[]> poison = List.of(
                utf8("{\"n\":"),
                utf8("{\"n\":NaN}"),
                utf8("{\"n\":\"\\u0000\"}"),
                utf8("{\"n\":\"\\ud800\"}"),
                utf8("{\"n\":1e400}"),
                utf8("[" + "{\"ts\":1,\"values\":{\"a\":1}},".repeat(1000) + "{}]"),
                utf8("[".repeat(100_000)),
                utf8("{\"n\":\"" + "x".repeat(200_000) + "\"}"),
                new byte[] {0, -1, -2, 3},
                new byte[0]);
        for (int n = 0; n < poison.size(); n++) {
            devices.publish(device, "telemetry", "{\"n\":" + n + "}");
            devices.publish(
                    device, "telemetry", poison.get(n), Clock.systemUTC().millis(), null);
        }
        devices.publish(device, "telemetry", "{\"n\":" + poison.size() + "}");
        devices.publish(device, "telemetry/a.b!", "{\"n\":1}");
        devices.publish(device, "telemetry", utf8("n=1"), Clock.systemUTC().millis(), "text/plain");

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(rejections()).isEqualTo(poison.size() + 2));
        assertThat(numbers()).isEqualTo(upTo(poison.size() + 1));
    }

    @Test
    void aGatewaySpeaksForTheDevicesBehindItForAsLongAsTheySitThere() {
        seat("edge");
        devices.publish("edge", "via/" + device + "/telemetry", "{\"n\":0}");
        devices.publish("other", "via/" + device + "/telemetry", "{\"n\":100}");
        devices.publish("edge", "via/unknown/telemetry", "{\"n\":100}");
        devices.publish("edge", "via/" + device + "/telemetry/env", "{\"n\":");
        devices.publish("edge", "via/" + device + "/telemetry", "{\"n\":1}");
        try (Devices others = new Devices(rabbit, "evil", Clock.systemUTC())) {
            others.publish("edge", "via/" + device + "/telemetry", "{\"n\":100}");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(refusedOf("edge"))
                        .containsExactlyInAnyOrder("acme not-behind-gateway", "evil not-behind-gateway"));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(numbers()).containsExactly(0, 1));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(refusedOf("other")).containsExactly("acme not-behind-gateway"));
        assertThat(refusedOf(device)).containsExactly("acme malformed");

        seat("other");
        devices.publish("edge", "via/" + device + "/telemetry", "{\"n\":100}");
        devices.publish("other", "via/" + device + "/telemetry", "{\"n\":2}");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(numbers()).containsExactly(0, 1, 2));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(refusedOf("edge")).hasSize(3));
    }

    private void seat(String gateway) {
        jdbc.update("""
                INSERT INTO device (tenant, device, version, deleted, gateway) VALUES ('acme', ?, 1, false, ?)
                ON CONFLICT (tenant, device) DO UPDATE SET gateway = excluded.gateway""", device, gateway);
    }

    private List<@Nullable String> refusedOf(String sender) {
        return jdbc.queryForList(
                "SELECT tenant || ' ' || reason FROM rejection WHERE device = ?", String.class, sender);
    }

    @Test
    void whatTheDatabaseAloneRefusesIsFoundAmongTheGood() {
        // something that no check of ours knows of
        jdbc.execute("""
                CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN RAISE EXCEPTION 'not this one' USING ERRCODE = '22000'; END $$""");
        jdbc.execute("""
                CREATE TRIGGER refuse BEFORE INSERT ON measurement FOR EACH ROW
                WHEN (NEW.values->>'n' = '33') EXECUTE FUNCTION refuse()""");
        try {
            publish(0, 100);
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(numbers()).hasSize(99));
        } finally {
            jdbc.execute("DROP FUNCTION refuse CASCADE");
        }
        assertThat(numbers()).doesNotContain(33).isSorted();
        assertThat(jdbc.queryForList("SELECT reason FROM rejection WHERE device = ?", String.class, device))
                .containsExactly("not-storable");
    }

    @Test
    void messagesWaitWhileTheDatabaseIsAwayAndComeInOnceAndInOrder() {
        String role = environment.getRequiredProperty("spring.datasource.username");
        publish(0, 200);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(numbers()).hasSize(200));
        try (Administrator administrator = new Administrator()) {
            administrator.execute("ALTER ROLE " + role + " NOLOGIN");
            administrator.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '" + role + "'");
            publish(200, 600);
            await().atMost(PATIENCE).until(() -> management.unacknowledged() > 0);
            administrator.execute("ALTER ROLE " + role + " LOGIN");
        }
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(numbers()).isEqualTo(upTo(600)));
    }

    @Test
    void whatWasStoredButNotAcknowledgedIsStoredOnce() throws Exception {
        publish(0, 100);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(numbers()).hasSize(100));
        try (Connection lock = dataSource.getConnection()) {
            lock.setAutoCommit(false);
            lock.createStatement().execute("LOCK TABLE measurement IN SHARE MODE");
            publish(100, 300);
            await().atMost(PATIENCE).until(() -> management.unacknowledged() > 0);
            // the transaction waits for us; now it has nobody left to acknowledge to
            management.closeConnections();
            lock.rollback();
        }
        publish(300, 400);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(numbers()).hasSizeGreaterThanOrEqualTo(400));
        assertThat(numbers()).isEqualTo(upTo(400));
    }

    @Test
    void aDayThatAnotherReplicaHasDroppedIsMadeAgainForLateMeasurements() {
        Instant late = Clock.systemUTC().instant().truncatedTo(ChronoUnit.DAYS).minus(Duration.ofDays(150));
        devices.publish(device, "telemetry", "{\"ts\":\"%s\",\"values\":{\"n\":0}}".formatted(late));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(numbers()).containsExactly(0));

        jdbc.execute(
                "DROP TABLE measurement_" + late.toString().substring(0, 10).replace("-", ""));
        devices.publish(device, "telemetry", "{\"ts\":\"%s\",\"values\":{\"n\":1}}".formatted(late));

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(numbers()).containsExactly(1));
    }

    @Test
    void twoReplicasTakeOverFromEachOther() {
        try (ConfigurableApplicationContext other = replica()) {
            int sent = 0;
            for (int round = 1; round <= 4; round++) {
                publish(sent, round * 250);
                sent = round * 250;
                management.closeConnections();
            }
            int all = sent;
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(numbers()).hasSizeGreaterThanOrEqualTo(all));
            assertThat(other.isRunning()).isTrue();
        }
        publish(1000, 1100);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(numbers()).hasSizeGreaterThanOrEqualTo(1100));
        assertThat(numbers()).isEqualTo(upTo(1100));
    }

    private ConfigurableApplicationContext replica() {
        List<String> arguments = new ArrayList<>(List.of("--server.port=0"));
        for (String name : List.of(
                "spring.datasource.url",
                "spring.datasource.username",
                "spring.datasource.password",
                "spring.rabbitmq.host",
                "spring.rabbitmq.port",
                "spring.rabbitmq.username",
                "spring.rabbitmq.password",
                "spring.rabbitmq.virtual-host",
                "warren.security.jwks-uri")) {
            arguments.add("--" + name + "=" + environment.getRequiredProperty(name));
        }
        return new SpringApplicationBuilder(TelemetryApplication.class).run(arguments.toArray(String[]::new));
    }

    private void publish(int from, int to) {
        for (int n = from; n < to; n++) {
            devices.publish(device, "telemetry", "{\"n\":" + n + "}");
        }
        devices.flush();
    }

    private List<@Nullable Integer> numbers() {
        return jdbc.queryForList("""
                SELECT (values->>'n')::int FROM measurement JOIN series ON id = series_id
                WHERE device = ? ORDER BY ts, received_at, key""", Integer.class, device);
    }

    private int rejections() {
        return jdbc.queryForList("SELECT id FROM rejection WHERE device = ?", Long.class, device)
                .size();
    }

    private static List<Integer> upTo(int end) {
        return IntStream.range(0, end).boxed().toList();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
