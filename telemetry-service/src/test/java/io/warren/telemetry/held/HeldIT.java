package io.warren.telemetry.held;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.GetResponse;
import io.warren.contracts.registry.DeviceEvent;
import io.warren.telemetry.Devices;
import io.warren.telemetry.Management;
import io.warren.testing.backing.Backed;
import io.warren.testing.backing.TestVirtualHost;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.amqp.rabbit.listener.AbstractMessageListenerContainer;
import org.springframework.amqp.rabbit.listener.RabbitListenerEndpointRegistry;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.JdbcTemplate;

/** What gateway devices say for devices of which the news come later, or never. */
@Backed(broker = Backed.Broker.OWN_VHOST)
@SpringBootTest(properties = {"warren.held.patience=8s", "warren.held.messages=100"})
class HeldIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Autowired
    RabbitTemplate rabbit;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    TestVirtualHost virtualHost;

    private final String device = "d" + UUID.randomUUID().toString().substring(0, 8);
    private final String gateway = "g" + device;
    private Devices devices;

    @BeforeEach
    void connect() {
        devices = new Devices(rabbit, "acme", Clock.systemUTC());
    }

    @AfterEach
    void disconnect() throws Exception {
        devices.close();
    }

    @Test
    void whatComesBeforeTheNewsOfTheDeviceIsStoredAfterThemInItsOrder() {
        for (int n = 0; n < 20; n++) {
            devices.publish(gateway, "via/" + device + "/telemetry", "{\"n\":" + n + "}");
        }
        devices.publish(gateway, "via/" + device + "/logs", "{\"message\":\"early\"}");
        devices.publish(gateway, "via/" + device + "/events/door", "{\"data\":{}}");
        devices.flush();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(held()).isEqualTo(22));
        // what the broker delivers again is not held twice
        new Management(virtualHost.name()).closeConnections();

        seat();
        devices.publish(gateway, "via/" + device + "/telemetry", "{\"n\":20}");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(numbers()).hasSize(21));
        assertThat(numbers()).isEqualTo(IntStream.rangeClosed(0, 20).boxed().toList());
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(stored("device_log") + stored("device_event"))
                        .isEqualTo(2));
        assertThat(held()).isZero();
        assertThat(refused()).isEmpty();
    }

    @Test
    void whatIsSaidForADeviceThatNeverComesIsRefusedInTheEnd() {
        devices.publish(gateway, "via/" + device + "/telemetry", "{\"n\":1}");
        devices.publish(gateway, "via/" + device + "/logs", "{\"message\":\"stranger\"}");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(refused()).containsExactly("not-behind-gateway", "not-behind-gateway"));
        assertThat(numbers()).isEmpty();
        assertThat(held()).isZero();
    }

    @Test
    void nothingIsRefusedWhileNewsOfDevicesAreBeingRead(@Autowired RabbitListenerEndpointRegistry listeners) {
        AbstractMessageListenerContainer directory = directory(listeners);
        directory.stop();
        register();
        rabbit.execute(channel -> {
            // as a reader that has the news and takes its time
            GetResponse news = await().atMost(PATIENCE)
                    .until(() -> channel.basicGet("telemetry.directory", false), Objects::nonNull);
            devices.publish(gateway, "via/" + device + "/telemetry", "{\"n\":0}");
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(held()).isEqualTo(1));
            await().during(Duration.ofSeconds(12)).atMost(PATIENCE).until(() -> held() == 1);
            channel.basicNack(news.getEnvelope().getDeliveryTag(), false, true);
            return true;
        });
        directory.start();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(numbers()).containsExactly(0));
        assertThat(refused()).isEmpty();
    }

    @Test
    void nothingIsRefusedWhileNewsOfDevicesWaitToBeRead(@Autowired RabbitListenerEndpointRegistry listeners) {
        AbstractMessageListenerContainer directory = directory(listeners);
        directory.stop();
        register();
        devices.publish(gateway, "via/" + device + "/telemetry", "{\"n\":0}");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(held()).isEqualTo(1));
        await().during(Duration.ofSeconds(12)).atMost(PATIENCE).until(() -> held() == 1);

        directory.start();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(numbers()).containsExactly(0));
        assertThat(refused()).isEmpty();
    }

    @Test
    void aGatewayThatMakesUpDevicesHoldsUpNobody() {
        for (int n = 0; n < 3000; n++) {
            devices.publish(gateway, "via/made-up-" + n + "/telemetry", "{\"n\":1}");
        }
        for (int n = 0; n < 10; n++) {
            devices.publish(device, "telemetry", "{\"n\":" + n + "}");
        }
        devices.flush();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(numbers()).hasSize(10));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(refused()).hasSizeGreaterThan(2000));
        assertThat(held()).isBetween(0L, 300L);
    }

    private static AbstractMessageListenerContainer directory(RabbitListenerEndpointRegistry listeners) {
        return listeners.getListenerContainers().stream()
                .map(AbstractMessageListenerContainer.class::cast)
                .filter(container -> List.of(container.getQueueNames()).contains("telemetry.directory"))
                .findFirst()
                .orElseThrow();
    }

    private void register() {
        DeviceEvent event = new DeviceEvent(
                "acme",
                device,
                1,
                "generic",
                null,
                Map.of(),
                gateway,
                true,
                Clock.systemUTC().instant());
        rabbit.convertAndSend("registry.events", DeviceEvent.REGISTERED, event, message -> {
            message.getMessageProperties().setMessageId(UUID.randomUUID().toString());
            message.getMessageProperties().setType(DeviceEvent.REGISTERED);
            return message;
        });
    }

    private void seat() {
        jdbc.update(
                "INSERT INTO device (tenant, device, version, deleted, gateway) VALUES ('acme', ?, 1, false, ?)",
                device,
                gateway);
    }

    private long held() {
        return count("SELECT count(*) FROM held_message WHERE gateway = ?", gateway);
    }

    private long stored(String table) {
        return count("SELECT count(*) FROM " + table + " WHERE device = ?", device);
    }

    private long count(String sql, String parameter) {
        Long count = jdbc.queryForObject(sql, Long.class, parameter);
        return count == null ? 0 : count;
    }

    private List<@Nullable String> refused() {
        return jdbc.queryForList("SELECT reason FROM rejection WHERE device = ?", String.class, gateway);
    }

    private List<@Nullable Integer> numbers() {
        return jdbc.queryForList("""
                SELECT (values->>'n')::int FROM measurement JOIN series ON id = series_id
                WHERE device = ? ORDER BY ts, received_at, key""", Integer.class, device);
    }
}
