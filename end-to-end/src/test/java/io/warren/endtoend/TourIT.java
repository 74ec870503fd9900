package io.warren.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.warren.endtoend.Connection.Message;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What the README shows: a device is made, its data comes back, and it does as it is told. */
@EndToEnd
class TourIT {

    private final Tenant tenant;
    private final Device device;

    TourIT(Platform platform) {
        tenant = platform.newTenant();
        device = tenant.newDevice();
    }

    @Test
    void whatADevicePublishesIsReadBackThroughRest() {
        Instant before = Instant.now().minusSeconds(5);

        Mosquitto.publish(device, device.up("telemetry/env"), "{\"temperature\": 21.5, \"door\": \"open\"}");

        await().untilAsserted(() -> assertThat(tenant.history(device, "env"))
                .singleElement()
                .satisfies(measurement -> {
                    assertThat(measurement.stream()).isEqualTo("env");
                    assertThat(measurement.values().get("temperature").doubleValue())
                            .isEqualTo(21.5);
                    assertThat(measurement.values().get("door").stringValue()).isEqualTo("open");
                    assertThat(measurement.ts()).isBetween(before, Instant.now().plusSeconds(5));
                }));
    }

    @Test
    void aMeasurementWithoutAStreamGoesToTheDefaultOne() {
        Mosquitto.publish(device, device.up("telemetry"), "{\"temperature\": 21.5}");

        await().untilAsserted(
                        () -> assertThat(tenant.history(device, "default")).hasSize(1));
    }

    @Test
    void theLatestMeasurementOfEachStreamIsKnown() {
        Mosquitto.publish(device, device.up("telemetry/env"), "{\"temperature\": 20}");
        Mosquitto.publish(device, device.up("telemetry/env"), "{\"temperature\": 21}");
        Mosquitto.publish(device, device.up("telemetry/power"), "{\"watts\": 300}");

        await().untilAsserted(() -> {
            JsonNode latest = tenant.rest()
                    .get("/api/v1/devices/" + device.id() + "/telemetry/latest")
                    .expect(200)
                    .json();
            assertThat(latest.findValuesAsString("stream")).containsExactlyInAnyOrder("env", "power");
            assertThat(latest.toString())
                    .contains("\"temperature\":21", "\"watts\":300")
                    .doesNotContain(":20}");
        });
    }

    @Test
    void aCommandIsDeliveredAndItsResultIsReadBack() {
        String commands = "/api/v1/devices/" + device.id() + "/commands";
        JsonNode sent;
        JsonNode command;
        try (Mosquitto.Subscriber subscriber = Mosquitto.subscribe(device, device.down("commands/#"))) {
            sent = tenant.rest()
                    .post(commands, "{\"name\": \"set-valve\", \"args\": {\"open\": true}}")
                    .expect(201)
                    .json();
            Message received = subscriber.next();
            assertThat(received.level(5)).isEqualTo(sent.get("id").stringValue());
            assertThat(received.level(6)).isEqualTo("set-valve");
            command = received.json();
        }
        assertThat(command.at("/args/open").booleanValue()).isTrue();
        assertThat(Instant.parse(command.get("expiresAt").stringValue())).isAfter(Instant.now());

        String id = sent.get("id").stringValue();
        Mosquitto.publish(
                device, device.up("commands/" + id), "{\"status\": \"succeeded\", \"result\": {\"position\": 100}}");

        await().untilAsserted(() -> {
            JsonNode done = tenant.rest().get(commands + "/" + id).expect(200).json();
            assertThat(done.get("state").stringValue()).isEqualTo("succeeded");
            assertThat(done.at("/result/position").intValue()).isEqualTo(100);
        });
    }

    @Test
    void aCallerMayWaitForTheResultOfACommand() throws Exception {
        try (Connection connection = device.connect();
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            Connection.Inbox commands = connection.subscribe(device.down("commands/#"));
            CompletableFuture<Answer> waiting = CompletableFuture.supplyAsync(
                    () -> tenant.rest()
                            .post("/api/v1/devices/" + device.id() + "/commands?wait=30", "{\"name\": \"ping\"}"),
                    callers);

            String id = commands.next().level(5);
            connection.publish(device.up("commands/" + id), "{\"status\": \"succeeded\", \"result\": {\"pong\": 1}}");

            JsonNode answer = waiting.get(30, TimeUnit.SECONDS).expect(200).json();
            assertThat(answer.get("id").stringValue()).isEqualTo(id);
            assertThat(answer.get("state").stringValue()).isEqualTo("succeeded");
            assertThat(answer.at("/result/pong").intValue()).isEqualTo(1);
        }
    }

    @Test
    void aCommandForAnAbsentDeviceArrivesWhenItConnects() {
        String id = tenant.rest()
                .post("/api/v1/devices/" + device.id() + "/commands", "{\"name\": \"wake-up\"}")
                .expect(201)
                .text("/id");

        try (Connection connection = device.connect()) {
            Message command = connection.subscribe(device.down("commands/#")).next();

            assertThat(List.of(command.level(5), command.level(6))).containsExactly(id, "wake-up");
        }
    }
}
