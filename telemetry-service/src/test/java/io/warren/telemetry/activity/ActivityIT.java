package io.warren.telemetry.activity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.warren.contracts.telemetry.ActivityObserved;
import io.warren.contracts.telemetry.ActivityObserved.Activity;
import io.warren.telemetry.Devices;
import io.warren.testing.backing.Backed;
import io.warren.testing.contract.ContractFile;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.json.JsonMapper;

/** From what devices send to what the registry hears of it, over the real broker. */
@Backed(broker = Backed.Broker.OWN_VHOST)
@SpringBootTest(properties = {"warren.activity.every=100ms", "warren.held.patience=1s"})
class ActivityIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Autowired
    RabbitTemplate rabbit;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    JsonMapper json;

    private final String device = "d" + UUID.randomUUID().toString().substring(0, 8);
    private final Map<String, Instant> told = new HashMap<>();

    @Test
    void itIsToldOfEachDeviceWhenTheNewestOfItArrived() throws Exception {
        try (Devices devices = new Devices(rabbit, "acme", Clock.systemUTC())) {
            for (int n = 0; n < 200; n++) {
                devices.publish(device, "telemetry", "{\"n\":" + n + "}");
            }
            devices.publish(device, "telemetry", "{\"n\":");
        }
        await().atMost(PATIENCE).ignoreException(NoSuchElementException.class).untilAsserted(() -> {
            receive();
            assertThat(told.get(device)).isEqualTo(arrivalOfTheRefused());
        });
    }

    @Test
    void aDeviceBehindAGatewayIsHeardAndSoIsTheGatewayButNotAStranger() throws Exception {
        String gateway = "g" + device;
        jdbc.update(
                "INSERT INTO device (tenant, device, version, deleted, gateway) VALUES ('acme', ?, 1, false, ?)",
                device,
                gateway);
        try (Devices devices = new Devices(rabbit, "acme", Clock.systemUTC())) {
            devices.publish("x" + device, "via/" + device + "x/telemetry", "{\"n\":1}");
            devices.publish(gateway, "via/" + device + "/telemetry", "{\"n\":1}");
        }
        await().atMost(PATIENCE).untilAsserted(() -> {
            receive();
            assertThat(told).containsKeys(device, gateway, "x" + device).doesNotContainKey(device + "x");
        });
    }

    @Test
    void theEventKeepsItsForm() {
        ContractFile.event(ActivityObserved.OBSERVED)
                .matchesJsonOf(new ActivityObserved(List.of(
                        new Activity("acme", "pump-17", Instant.parse("2026-11-21T12:00:00.123Z")),
                        new Activity("acme", "edge-1", Instant.parse("2026-11-21T12:00:01Z")))));
    }

    private Instant arrivalOfTheRefused() {
        List<Instant> arrivals = new ArrayList<>();
        jdbc.query(
                "SELECT received_at FROM rejection WHERE device = ?",
                row -> {
                    arrivals.add(row.getTimestamp(1).toInstant());
                },
                device);
        return arrivals.getLast();
    }

    private void receive() {
        for (Message message = rabbit.receive("registry.activity");
                message != null;
                message = rabbit.receive("registry.activity")) {
            assertThat(message.getMessageProperties().getType()).isEqualTo(ActivityObserved.OBSERVED);
            ActivityObserved observed = json.readValue(message.getBody(), ActivityObserved.class);
            assertThat(observed.devices()).hasSizeBetween(1, ActivityObserved.MOST_DEVICES);
            observed.devices().forEach(each -> told.merge(each.device(), each.at(), (a, b) -> a.isAfter(b) ? a : b));
        }
    }
}
