package io.warren.telemetry;

import static org.awaitility.Awaitility.await;

import io.warren.contracts.registry.DeviceEvent;
import io.warren.testing.backing.Backed;
import io.warren.testing.backing.TestTokens;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;
import org.springframework.test.web.servlet.client.RestTestClient;

/** From a device's message to the answer of the REST API. */
@Backed(broker = Backed.Broker.OWN_VHOST)
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class TelemetryIT {

    @Autowired
    TestTokens tokens;

    @Autowired
    RabbitTemplate rabbit;

    @LocalServerPort
    int port;

    Devices devices;
    RestTestClient client;

    @BeforeEach
    void connect() {
        devices = new Devices(rabbit, "acme", Clock.systemUTC());
        client = RestTestClient.bindToServer()
                .baseUrl("http://127.0.0.1:" + port)
                .defaultHeader(HttpHeaders.AUTHORIZATION, tokens.bearer("acme", "viewer"))
                .build();
    }

    @AfterEach
    void disconnect() throws Exception {
        devices.close();
    }

    @Test
    void whatADeviceSendsIsInItsHistory() {
        register("pump-1");
        Instant minuteAgo =
                Clock.systemUTC().instant().truncatedTo(ChronoUnit.MINUTES).minusSeconds(60);
        devices.publish(
                "pump-1",
                "telemetry/env",
                "[{\"ts\":\"%s\",\"seq\":1,\"values\":{\"a\":1}},{\"ts\":\"%s\",\"seq\":2,\"values\":{\"a\":2.50,\"pos\":{\"lat\":1}}}]"
                        .formatted(minuteAgo, minuteAgo.plusMillis(250)));
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> client.get()
                        .uri("/api/v1/devices/pump-1/telemetry")
                        .exchange()
                        .expectStatus()
                        .isOk()
                        .expectBody()
                        .jsonPath("$.items.length()")
                        .isEqualTo(2)
                        .jsonPath("$.items[0].ts")
                        .isEqualTo(minuteAgo.toString())
                        .jsonPath("$.items[0].stream")
                        .isEqualTo("env")
                        .jsonPath("$.items[1].seq")
                        .isEqualTo(2)
                        .jsonPath("$.items[1].values.pos.lat")
                        .isEqualTo(1)
                        .jsonPath("$.items[1].schemaVersion")
                        .doesNotExist()
                        .jsonPath("$.next")
                        .doesNotExist());
    }

    private void register(String device) {
        DeviceEvent event = new DeviceEvent(
                "acme",
                device,
                1,
                "generic",
                null,
                Map.of(),
                null,
                true,
                Clock.systemUTC().instant());
        rabbit.convertAndSend("registry.events", DeviceEvent.REGISTERED, event, message -> {
            message.getMessageProperties().setMessageId(UUID.randomUUID().toString());
            message.getMessageProperties().setType(DeviceEvent.REGISTERED);
            return message;
        });
    }
}
