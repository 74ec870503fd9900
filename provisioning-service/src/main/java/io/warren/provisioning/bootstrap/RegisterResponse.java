package io.warren.provisioning.bootstrap;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.UUID;

/**
 * Everything a device needs to connect.
 *
 * @param registrationId names the attempt to the tenant; the same when a device repeats its request
 * @param ca PEM bundle of the authorities to trust
 * @param keepAliveSeconds the MQTT keep-alive to use
 * @param time the time now, for a device without a clock
 */
record RegisterResponse(
        String deviceId,
        String tenant,
        UUID registrationId,
        Credentials credentials,
        Broker broker,
        Topics topics,
        String ca,
        long keepAliveSeconds,
        Instant time) {

    /** How to sign in: MQTT user name, client id and password. */
    record Credentials(Kind kind, String username, String clientId, String secret) {

        /** Keeps the secret out of logs. */
        @Override
        public String toString() {
            return "Credentials[username=" + username + "]";
        }

        enum Kind {
            @JsonProperty("secret")
            SECRET
        }
    }

    /** Where to connect to. */
    record Broker(String host, int mqttsPort, int wssPort) {}

    /** What the device's topics begin with. */
    record Topics(String up, String down) {}
}
