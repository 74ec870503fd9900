package io.warren.telemetry.uplink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.warren.telemetry.Devices;
import io.warren.telemetry.Management;
import io.warren.testing.backing.Backed;
import io.warren.testing.backing.TestTokens;
import io.warren.testing.backing.TestVirtualHost;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;

/** What a device sends over HTTPS is taken in as over MQTT: through the real broker, once and in order. */
@Backed(broker = Backed.Broker.OWN_VHOST)
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class UplinkIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Autowired
    TestTokens tokens;

    @Autowired
    RabbitTemplate rabbit;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    Uplink uplink;

    @Autowired
    TestVirtualHost virtualHost;

    @LocalServerPort
    int port;

    private final String device = "d" + UUID.randomUUID().toString().substring(0, 8);

    @Test
    void whatIsPostedAndWhatIsPublishedIsOneHistoryInOneOrder() throws Exception {
        try (Devices devices = new Devices(rabbit, "acme", Clock.systemUTC())) {
            for (int n = 0; n < 40; n += 2) {
                assertThat(post("telemetry", "{\"n\":" + n + "}").statusCode()).isEqualTo(202);
                devices.publish(device, "telemetry", "{\"n\":" + (n + 1) + "}");
                devices.flush();
            }
        }
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(numbers(device))
                        .isEqualTo(IntStream.range(0, 40).boxed().toList()));
    }

    @Test
    void manyDevicesShareOneChannelAndEachKeepsItsOrder() {
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (int number = 0; number < 20; number++) {
            String one = device + "-" + number;
            all.add(CompletableFuture.runAsync(() -> {
                for (int n = 0; n < 20; n++) {
                    assertThat(post(one, "telemetry/env", "{\"n\":" + n + "}", "application/json")
                                    .statusCode())
                            .isEqualTo(202);
                }
            }));
        }
        all.forEach(CompletableFuture::join);
        for (int number = 0; number < 20; number++) {
            String one = device + "-" + number;
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(numbers(one))
                            .isEqualTo(IntStream.range(0, 20).boxed().toList()));
        }
    }

    @Test
    void aGatewayPostsForTheDeviceBehindIt() {
        jdbc.update(
                "INSERT INTO device (tenant, device, version, deleted, gateway) VALUES ('acme', ?, 1, false, 'edge')",
                device);
        assertThat(post("edge", "via/" + device + "/telemetry", "{\"n\":7}", "application/json")
                        .statusCode())
                .isEqualTo(202);
        assertThat(post("edge", "via/" + device + "/logs", "{\"message\":\"hello\"}", "application/json")
                        .statusCode())
                .isEqualTo(202);
        assertThat(post("other", "via/" + device + "/logs", "{\"message\":\"stranger\"}", "application/json")
                        .statusCode())
                .isEqualTo(202);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(numbers(device)).containsExactly(7));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(jdbc.queryForList(
                                "SELECT message FROM device_log WHERE device = ?", String.class, device))
                        .containsExactly("hello"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "telemetry|{\"n\":|application/json|400|malformed",
                "telemetry|{\"n\":[1]}|application/json|422|invalid-value",
                "telemetry|{}|application/json|422|empty",
                "telemetry|n=1|application/x-www-form-urlencoded|415|unsupported-content-type",
                "telemetry/a.b|{\"n\":1}|application/json|422|invalid-stream",
                "logs|[{\"level\":\"loud\",\"message\":\"x\"}]|application/json|422|invalid-level",
                "events/door|{\"severity\":\"info\"}|application/json|422|empty",
                "events/a.b|{\"data\":{}}|application/json|422|invalid-type",
                "via/a.b/logs|{\"message\":\"x\"}|application/json|400|bad-request",
            })
    void whatWouldBeRefusedAnywayIsRefusedAtOnce(String path, String body, String type, int status, String kind) {
        HttpResponse<String> answer = post(device, path, body, type);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).contains("urn:warren:problem:" + kind + "\"");
    }

    @Test
    void whatIsWrittenBehindTheContentTypeIsOfNoWeight() {
        String type = "application/json; charset=utf-8; x=" + "x".repeat(300);
        assertThat(post(device, "telemetry", "{\"n\":0}", type).statusCode()).isEqualTo(202);
        assertThat(post("telemetry", "{\"n\":1}").statusCode()).isEqualTo(202);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(numbers(device)).containsExactly(0, 1));
    }

    @Test
    void aMessageIsNoLargerThanOverMqtt() {
        String text = "{\"message\":\"" + "x".repeat(256 * 1024) + "\"}";
        assertThat(post("logs", text).statusCode()).isEqualTo(413);
    }

    @Test
    void onlyADeviceSpeaksForADevice() throws Exception {
        HttpResponse<String> answer = HTTP.send(
                HttpRequest.newBuilder(address("telemetry"))
                        .header("Authorization", tokens.bearer("acme", "platform-admin"))
                        .POST(BodyPublishers.ofString("{\"n\":1}"))
                        .build(),
                BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(403);
    }

    @Test
    void whileTheBrokerIsAwayTheDeviceIsAskedToComeAgain() {
        assertThat(post("telemetry", "{\"n\":0}").statusCode()).isEqualTo(202);
        Management management = new Management(virtualHost.name());
        management.refuseConnections();
        try {
            uplink.destroy();
            HttpResponse<String> answer = post("telemetry", "{\"n\":100}");
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        } finally {
            management.letConnect();
        }
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(post("telemetry", "{\"n\":1}").statusCode()).isEqualTo(202));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(numbers(device)).containsExactly(0, 1));
    }

    private HttpResponse<String> post(String path, String body) {
        return post(device, path, body, "application/json");
    }

    private HttpResponse<String> post(String sender, String path, String body, String contentType) {
        try {
            return HTTP.send(
                    HttpRequest.newBuilder(address(path))
                            .header("Authorization", tokens.ofDevice(sender, "acme"))
                            .header("Content-Type", contentType)
                            .POST(BodyPublishers.ofString(body, StandardCharsets.UTF_8))
                            .build(),
                    BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private URI address(String path) {
        return URI.create("http://127.0.0.1:" + port + "/device/v1/" + path);
    }

    private List<@Nullable Integer> numbers(String of) {
        return jdbc.queryForList("""
                SELECT (values->>'n')::int FROM measurement JOIN series ON id = series_id
                WHERE device = ? ORDER BY ts, received_at, key""", Integer.class, of);
    }
}
