package io.warren.registry.presence;

import static org.assertj.core.api.Assertions.assertThat;

import io.warren.contracts.device.DeviceAddress;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BrokerEventsTest {

    @Test
    void anEventOfRabbitMq43IsRead() {
        assertThat(BrokerEvents.read("connection.created", event())).hasValueSatisfying(change -> {
            assertThat(change.address()).isEqualTo(DeviceAddress.of("acme", "pump-17"));
            assertThat(change.closedAt()).isNull();
            assertThat(change.connection().name()).isEqualTo("127.0.0.1:47338 -> 127.0.0.1:1883");
            assertThat(change.connection().connectedAt()).isEqualTo(Instant.ofEpochMilli(1795257270914L));
            assertThat(change.connection().from()).isEqualTo("127.0.0.1");
            assertThat(change.connection().protocol()).isEqualTo("MQTT 5.0");
        });
        assertThat(BrokerEvents.read("connection.closed", event()))
                .hasValueSatisfying(
                        change -> assertThat(change.closedAt()).isEqualTo(Instant.ofEpochMilli(1795257272808L)));
    }

    @Test
    void aSignInSaysOnWhichConnection() {
        Map<String, @Nullable Object> event = new HashMap<>();
        event.put("name", "pump-17@acme");
        event.put("connection_name", "127.0.0.1:47338 -> 127.0.0.1:1883");
        event.put("connection_type", "network");
        event.put("timestamp_in_ms", 1795257270914L);
        assertThat(BrokerEvents.read("user.authentication.success", event)).hasValueSatisfying(change -> {
            assertThat(change.kind()).isEqualTo(ConnectionChange.Kind.SIGNED_IN);
            assertThat(change.address()).isEqualTo(DeviceAddress.of("acme", "pump-17"));
            assertThat(change.connection().name()).isEqualTo("127.0.0.1:47338 -> 127.0.0.1:1883");
            assertThat(change.connection().connectedAt()).isEqualTo(Instant.ofEpochMilli(1795257270914L));
        });
        event.put("name", "telemetry");
        assertThat(BrokerEvents.read("user.authentication.success", event)).isEmpty();
    }

    @Test
    void servicesAreNoDevices() {
        Map<String, @Nullable Object> event = event();
        event.put("user", "telemetry");
        assertThat(BrokerEvents.read("connection.created", event)).isEmpty();
        event.remove("user");
        assertThat(BrokerEvents.read("connection.closed", event)).isEmpty();
    }

    @Test
    void addressesAndProtocolsAreReadInEveryForm() {
        assertThat(BrokerEvents.host("{8193,3512,0,0,0,0,0,17}")).isEqualTo("2001:db8:0:0:0:0:0:11");
        assertThat(BrokerEvents.host("192.0.2.1")).isEqualTo("192.0.2.1");
        assertThat(BrokerEvents.host("")).isNull();
        assertThat(BrokerEvents.protocol("{'MQTT',{3,1,1}}")).isEqualTo("MQTT 3.1.1");
        assertThat(BrokerEvents.protocol("{'Web MQTT',{5,0}}")).isEqualTo("Web MQTT 5.0");
        assertThat(BrokerEvents.protocol("MQTT 5-0")).isEqualTo("MQTT 5.0");
        assertThat(BrokerEvents.protocol("MQTT 5.0")).isEqualTo("MQTT 5.0");
    }

    private static Map<String, @Nullable Object> event() {
        Map<String, @Nullable Object> headers = new HashMap<>();
        headers.put("user", "pump-17@acme");
        headers.put("name", "127.0.0.1:47338 -> 127.0.0.1:1883");
        headers.put("connected_at", 1795257270914L);
        headers.put("timestamp_in_ms", 1795257272808L);
        headers.put("peer_host", "{127,0,0,1}");
        headers.put("protocol", "{'MQTT',{5,0}}");
        return headers;
    }
}
