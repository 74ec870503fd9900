package io.warren.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3BlockingClient;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import io.warren.endtoend.Connection.Message;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** A bad message is refused with a reason, to the device and to the tenant, and the good ones around it go on. */
@EndToEnd
class BadBodiesIT {

    private final Tenant tenant;
    private final Device device;

    BadBodiesIT(Platform platform) {
        tenant = platform.newTenant();
        device = tenant.newDevice();
    }

    static Stream<Arguments> badBodies() {
        Instant now = Instant.now();
        String batch = IntStream.range(0, 1001)
                .mapToObj(seq -> measurement(now, seq, "{\"a\":1}"))
                .collect(Collectors.joining(",", "[", "]"));
        return Stream.of(
                Arguments.of("truncated JSON", "{\"temperature\": 21.", "malformed"),
                Arguments.of("text after the JSON", "{\"a\": 1} {\"a\": 2}", "malformed"),
                Arguments.of("not JSON at all", "21.5 degrees", "malformed"),
                Arguments.of("a number alone", "21.5", "malformed"),
                Arguments.of("NaN", "{\"temperature\": NaN}", "malformed"),
                Arguments.of("Infinity", "{\"temperature\": -Infinity}", "malformed"),
                Arguments.of("a key twice", "{\"a\": 1, \"a\": 2}", "malformed"),
                Arguments.of("1,001 elements", batch, "batch-too-large"),
                Arguments.of("an empty object", "{}", "empty"),
                Arguments.of("nothing", "", "empty"),
                Arguments.of("null as a value", "{\"temperature\": null}", "invalid-value"),
                Arguments.of("an array as a value", "{\"temperature\": [1, 2]}", "invalid-value"),
                Arguments.of("a number beyond all bounds", "{\"temperature\": 1e999}", "invalid-value"),
                Arguments.of(
                        "values that are a text",
                        "{\"ts\": \"%s\", \"values\": \"21\"}".formatted(now),
                        "invalid-value"),
                Arguments.of("a NUL in a text", "{\"door\": \"op\\u0000en\"}", "invalid-value"),
                Arguments.of("a NUL in a key", "{\"do\\u0000or\": 1}", "invalid-key"),
                Arguments.of("half of a surrogate pair", "{\"door\": \"\\ud800\"}", "invalid-value"),
                Arguments.of("a time that is none", "{\"ts\": \"yesterday\", \"values\": {\"a\": 1}}", "invalid-time"),
                Arguments.of("a time of the wrong type", "{\"ts\": true, \"values\": {\"a\": 1}}", "invalid-time"),
                Arguments.of(
                        "a time too far ahead",
                        measurement(now.plus(25, ChronoUnit.HOURS), 1, "{\"a\":1}"),
                        "time-out-of-range"),
                Arguments.of(
                        "a time too long ago",
                        measurement(now.minus(5000, ChronoUnit.DAYS), 1, "{\"a\":1}"),
                        "time-out-of-range"),
                Arguments.of("a time in seconds", "{\"ts\": 1795000000, \"values\": {\"a\": 1}}", "time-out-of-range"),
                Arguments.of(
                        "a sequence number that is none",
                        "{\"ts\": \"%s\", \"seq\": \"one\", \"values\": {\"a\": 1}}".formatted(now),
                        "invalid-seq"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badBodies")
    void isRefusedAndTheGoodOnesAroundItGoOn(String name, String body, String reason) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        try (Connection connection = device.connect()) {
            Connection.Inbox errors = connection.subscribe(device.down("errors"));

            connection.publish(device.up("telemetry/s"), measurement(now, 1, "{\"good\":1}"));
            connection.publish(device.up("telemetry/s"), body);
            connection.publish(device.up("telemetry/s"), measurement(now, 2, "{\"good\":2}"));

            Message error = errors.next();
            assertThat(error.json().get("topic").stringValue()).isEqualTo(device.up("telemetry/s"));
            assertThat(error.json().at("/problem/type").stringValue()).isEqualTo("urn:warren:problem:" + reason);
        }
        await().untilAsserted(() -> assertThat(tenant.history(device, "s"))
                .extracting(Measurement::seq)
                .containsExactly(1L, 2L));
        List<JsonNode> rejected = tenant.rejected(device);
        assertThat(rejected).as(name).hasSize(1);
        JsonNode refusal = rejected.getFirst();
        assertThat(refusal.get("device").stringValue()).isEqualTo(device.id());
        assertThat(refusal.get("topic").stringValue()).isEqualTo(device.up("telemetry/s"));
        assertThat(refusal.get("reason").stringValue()).isEqualTo(reason);
        assertThat(refusal.get("detail").stringValue()).isNotBlank();
    }

    @Test
    void aBatchLosesItsBadElementsOnly() {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        try (Connection connection = device.connect()) {
            connection.publish(
                    device.up("telemetry/s"),
                    "[%s,%s,%s]"
                            .formatted(
                                    measurement(now, 1, "{\"a\":1}"),
                                    measurement(now, 2, "{\"a\":[]}"),
                                    measurement(now, 3, "{\"a\":3}")));
        }

        await().untilAsserted(() -> assertThat(tenant.history(device, "s"))
                .extracting(Measurement::seq)
                .containsExactly(1L, 3L));
        assertThat(tenant.rejected(device))
                .singleElement()
                .satisfies(refusal ->
                        assertThat(refusal.get("pointer").stringValue()).isEqualTo("/1/values/a"));
    }

    @Test
    void bytesThatAreNoTextAreRefused() {
        try (Connection connection = device.connect()) {
            connection.publish(Mqtt5Publish.builder()
                    .topic(device.up("telemetry/s"))
                    .qos(MqttQos.AT_LEAST_ONCE)
                    .payload(new byte[] {'{', '"', (byte) 0xC3, '"', ':', '1', '}'})
                    .build());
            connection.publish(device.up("telemetry/s"), "{\"good\":1}");
        }

        await().untilAsserted(() -> assertThat(tenant.history(device, "s")).hasSize(1));
        assertThat(tenant.rejected(device)).hasSize(1);
    }

    @Test
    void aPacketOf300KibibytesEndsTheConnectionAndNothingElse() {
        Mosquitto.publish(device, device.up("telemetry/s"), "{\"good\":1}");
        Mqtt3BlockingClient client = device.oldClient().buildBlocking();
        client.connect();

        assertThatThrownBy(() -> client.publishWith()
                        .topic(device.up("telemetry/s"))
                        .qos(MqttQos.AT_LEAST_ONCE)
                        .payload(("{\"text\":\"" + "x".repeat(300 * 1024) + "\"}").getBytes(StandardCharsets.UTF_8))
                        .send())
                .isNotNull();

        Mosquitto.publish(device, device.up("telemetry/s"), "{\"good\":2}");
        await().untilAsserted(() -> assertThat(tenant.history(device, "s"))
                .extracting(measurement -> measurement.values().path("good").asInt())
                .containsExactly(1, 2));
    }

    @Test
    void aDeviceOfMqttFiveIsToldHowMuchItMaySend() {
        try (Connection connection = device.connect()) {
            assertThat(connection.acknowledgement().getRestrictions().getMaximumPacketSize())
                    .isEqualTo(256 * 1024);
        }
    }

    private static String measurement(Instant ts, long seq, String values) {
        return "{\"ts\":\"%s\",\"seq\":%d,\"values\":%s}".formatted(ts, seq, values);
    }
}
