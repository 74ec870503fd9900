package io.warren.endtoend;

import com.hivemq.client.mqtt.MqttClientSslConfig;
import com.hivemq.client.mqtt.mqtt3.Mqtt3Client;
import com.hivemq.client.mqtt.mqtt3.Mqtt3ClientBuilder;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.hivemq.client.mqtt.mqtt5.Mqtt5ClientBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * A device of a test.
 *
 * @param secret what it signs in with
 */
record Device(Platform platform, String tenant, String id, String secret) {

    /** Its MQTT user name and client id. */
    String name() {
        return id + "@" + tenant;
    }

    String up(String path) {
        return "v1/" + tenant + "/" + id + "/up/" + path;
    }

    String down(String path) {
        return "v1/" + tenant + "/" + id + "/down/" + path;
    }

    /** The same device with another secret. */
    Device with(String otherSecret) {
        return new Device(platform, tenant, id, otherSecret);
    }

    /** The device's own address of REST, signed in. */
    Rest https() {
        String credentials = name() + ":" + secret;
        return platform.anonymous()
                .with(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)));
    }

    /** Connects over TLS with MQTT 5. */
    Connection connect() {
        return Connection.open(client().build());
    }

    /** An MQTT 5 client over TLS with this device's client id and credentials. */
    Mqtt5ClientBuilder client() {
        return anonymousClient()
                .identifier(name())
                .simpleAuth()
                .username(name())
                .password(secret.getBytes(StandardCharsets.UTF_8))
                .applySimpleAuth();
    }

    /** An MQTT 5 client over TLS that says nothing of who it is. */
    Mqtt5ClientBuilder anonymousClient() {
        return Mqtt5Client.builder()
                .serverHost(platform.value("WARREN_MQTT_HOST"))
                .serverPort(platform.port("WARREN_MQTTS_PORT"))
                .sslConfig(tls());
    }

    /** An MQTT 3.1.1 client over TLS with this device's client id and credentials. */
    Mqtt3ClientBuilder oldClient() {
        return Mqtt3Client.builder()
                .serverHost(platform.value("WARREN_MQTT_HOST"))
                .serverPort(platform.port("WARREN_MQTTS_PORT"))
                .sslConfig(tls())
                .identifier(name())
                .simpleAuth()
                .username(name())
                .password(secret.getBytes(StandardCharsets.UTF_8))
                .applySimpleAuth();
    }

    private MqttClientSslConfig tls() {
        return MqttClientSslConfig.builder()
                .trustManagerFactory(platform.trust())
                .build();
    }

    @Override
    public String toString() {
        return name();
    }
}
