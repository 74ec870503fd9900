package io.warren.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5MessageException;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.suback.Mqtt5SubAckReasonCode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A device that has signed in reaches nothing but its own topics. */
@EndToEnd
class TopicIsolationIT {

    private static final String MEASUREMENT = "{\"forged\": 1}";

    private final Tenant tenant;
    private final Tenant otherTenant;
    private final Device attacker;
    private final Device neighbour;
    private final Device namesake;

    TopicIsolationIT(Platform platform) {
        tenant = platform.newTenant();
        otherTenant = platform.newTenant();
        attacker = tenant.newDevice();
        neighbour = tenant.newDevice();
        namesake = otherTenant.newDevice(attacker.id());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "v1/{tenant}/{neighbour}/up/telemetry",
                "v1/{tenant}/{neighbour}/down/commands/1/reboot",
                "v1/{other}/{attacker}/up/telemetry",
                "v1/{other}/{attacker}/up/telemetry/env",
                "v1/{tenant}/{attacker}/down/commands/1/reboot",
                "v1/{tenant}/{attacker}/up",
                "v1/{tenant}/{attacker}",
                "v2/{tenant}/{attacker}/up/telemetry",
                "/v1/{tenant}/{attacker}/up/telemetry",
                "v1/{tenant}/{attacker}/../{neighbour}/up/telemetry",
                "v1.{tenant}.{neighbour}.up.telemetry",
                "v1/{tenant}/{attacker}/up/telemetry/a.b",
                "v1/{tenant}/{neighbour}.up.telemetry",
                "telemetry",
                "$SYS/broker",
                "$share/group/v1/{tenant}/{neighbour}/up/telemetry"
            })
    void itPublishesNowhereElse(String topic) {
        assertThatThrownBy(() -> publish(topic)).as(topic).isNotNull();

        assertNothingIsStoredButWhatIsSentProperly();
    }

    @Test
    void mosquittoPublishesNowhereElseEither() {
        assertThat(Mosquitto.publisher(attacker, "-t", neighbour.up("telemetry"), "-q", "1", "-m", MEASUREMENT)
                        .exitCode())
                .isNotZero();

        assertNothingIsStoredButWhatIsSentProperly();
    }

    @Test
    void anOversizedTopicIsRefused() {
        String level = "x".repeat(60);

        assertThatThrownBy(() ->
                        publish("v1/{tenant}/{attacker}/up/telemetry/" + "%s/%s/%s".formatted(level, level, level)))
                .isNotNull();

        assertNothingIsStoredButWhatIsSentProperly();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "#",
                "+/#",
                "v1/#",
                "v1/+/+/up/#",
                "v1/+/+/down/#",
                "v1/{tenant}/#",
                "v1/{tenant}/+/down/#",
                "v1/{tenant}/{neighbour}/#",
                "v1/{tenant}/{neighbour}/down/#",
                "v1/{tenant}/{neighbour}/down/commands/+/+",
                "v1/{tenant}/{attacker}/#",
                "v1/{tenant}/{attacker}/up/#",
                "v1/{tenant}/{attacker}/+/#",
                "v1/{other}/{attacker}/down/#",
                "v1/+/{attacker}/down/#",
                "v1.{tenant}.{neighbour}.down/#",
                "v1.{tenant}.{neighbour}.down.commands",
                "$SYS/#",
                "$share/group/v1/{tenant}/{neighbour}/down/#",
                "$share/group/v1/{tenant}/{attacker}/down/#"
            })
    void itSubscribesNowhereElse(String filter) {
        String topicFilter = fill(filter);
        try (Connection connection = attacker.connect()) {
            assertThatThrownBy(() -> connection.subscribe(topicFilter))
                    .as(filter)
                    .hasCauseInstanceOf(Mqtt5MessageException.class); // what the broker answered; a timeout is none
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"#", "v1/+/+/up/#", "v1/{tenant}/{neighbour}/down/#", "$share/g/v1/{tenant}/+/down/#"})
    void mosquittoSubscribesNowhereElseEither(String filter) {
        assertThat(Mosquitto.refusedSubscriber(attacker, fill(filter)).output())
                .contains("All subscription requests were denied");
    }

    @Test
    void aWillIsHeldToTheSameTopics() {
        assertThatThrownBy(() -> {
                    try (Connection connection = Connection.open(attacker.client()
                            .willPublish()
                            .topic(neighbour.up("telemetry"))
                            .qos(MqttQos.AT_LEAST_ONCE)
                            .payload(MEASUREMENT.getBytes(StandardCharsets.UTF_8))
                            .applyWillPublish()
                            .build())) {
                        // Let in all the same: it leaves without a goodbye, and the broker would publish the will.
                        connection.publish(neighbour.up("telemetry"), MEASUREMENT);
                    }
                })
                .isNotNull();

        assertNothingIsStoredButWhatIsSentProperly();
    }

    @Test
    void itsOwnTopicsAreOpenToIt() {
        try (Connection connection = attacker.connect()) {
            connection.subscribe(attacker.down("#"));
            connection.publish(attacker.up("telemetry/a"), "{\"a\": 1}");
            connection.publish(attacker.up("events/door"), "{\"data\": {}}");
        }
        await().untilAsserted(() -> assertThat(tenant.history(attacker, "a")).hasSize(1));
    }

    @Test
    void aRetainedMessageIsAMeasurementLikeAnyOther() {
        try (Connection connection = attacker.connect()) {
            connection.publish(Mqtt5Publish.builder()
                    .topic(attacker.up("telemetry/retained"))
                    .qos(MqttQos.AT_LEAST_ONCE)
                    .retain(true)
                    .payload("{\"a\": 1}".getBytes(StandardCharsets.UTF_8))
                    .build());
        }
        await().untilAsserted(
                        () -> assertThat(tenant.history(attacker, "retained")).hasSize(1));
    }

    @Test
    void theBrokerSaysThatItHasNoQualityOfServiceTwo() {
        try (Connection connection = attacker.connect()) {
            assertThat(connection.acknowledgement().getRestrictions().getMaximumQos())
                    .isEqualTo(MqttQos.AT_LEAST_ONCE);
        }
        var client = attacker.client().buildBlocking();
        client.connect();
        try {
            assertThat(client.subscribeWith()
                            .topicFilter(attacker.down("#"))
                            .qos(MqttQos.EXACTLY_ONCE)
                            .send()
                            .getReasonCodes())
                    .containsExactly(Mqtt5SubAckReasonCode.GRANTED_QOS_1);
        } finally {
            client.disconnect();
        }
    }

    private void publish(String topic) {
        String filled = fill(topic);
        try (Connection connection = attacker.connect()) {
            connection.publish(filled, MEASUREMENT);
        }
    }

    private String fill(String topic) {
        return topic.replace("{tenant}", tenant.name())
                .replace("{other}", otherTenant.name())
                .replace("{attacker}", attacker.id())
                .replace("{neighbour}", neighbour.id());
    }

    /** What is published afterwards arrives: by then, whatever slipped through before it would be there too. */
    private void assertNothingIsStoredButWhatIsSentProperly() {
        for (Device device : new Device[] {attacker, neighbour, namesake}) {
            try (Connection connection = device.connect()) {
                connection.publish(device.up("telemetry"), "{\"proper\": 1}");
            }
        }
        Stream.of(attacker, neighbour, namesake).forEach(device -> {
            Tenant owner = device.tenant().equals(tenant.name()) ? tenant : otherTenant;
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(owner.history(device, "default"))
                            .singleElement()
                            .satisfies(measurement -> assertThat(
                                            measurement.values().has("proper"))
                                    .isTrue()));
        });
    }
}
