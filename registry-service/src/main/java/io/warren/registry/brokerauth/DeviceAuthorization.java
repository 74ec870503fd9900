package io.warren.registry.brokerauth;

import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.device.DeviceTopics;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What a device may touch on the broker. It follows from its name alone, so no table is asked: whether the device may be there at
 * all was asked when it signed in.
 */
final class DeviceAuthorization {

    /** A longer routing key could break an AMQP consumer, whose limit is 255 bytes. */
    private static final int MOST_TOPIC_BYTES = 200;

    private DeviceAuthorization() {}

    static boolean mayEnter(String username, String vhost) {
        return vhost.equals("/") && DeviceAddress.parse(username).isPresent();
    }

    /**
     * The queue of a device's own subscriptions, which the MQTT plugin makes, binds and reads in the device's name, and the one
     * exchange it publishes to and binds to.
     */
    static boolean mayTouch(String username, String vhost, String resource, String name, String permission) {
        if (!mayEnter(username, vhost)) {
            return false;
        }
        return switch (resource) {
            case "exchange" -> name.equals(DeviceTopics.EXCHANGE) && !permission.equals("configure");
            case "queue" -> isOwnQueue(username, name);
            default -> false;
        };
    }

    /**
     * A device publishes below its own {@code up} and subscribes below its own {@code down}.
     *
     * @param key the topic with dots for slashes and {@code *} for {@code +}
     */
    static boolean mayUse(String username, String vhost, String exchange, String permission, String key) {
        Optional<DeviceAddress> device = DeviceAddress.parse(username);
        if (device.isEmpty() || !vhost.equals("/") || !exchange.equals(DeviceTopics.EXCHANGE) || !isSound(key)) {
            return false;
        }
        return switch (permission) {
            case "write" ->
                isBelow(DeviceTopics.up(device.get(), ""), key) && key.indexOf('*') < 0 && key.indexOf('#') < 0;
            case "read" -> isBelow(DeviceTopics.down(device.get(), ""), key);
            default -> false;
        };
    }

    private static boolean isOwnQueue(String username, String name) {
        return name.equals("mqtt-subscription-" + username + "qos0")
                || name.equals("mqtt-subscription-" + username + "qos1")
                || name.equals("mqtt-will-" + username);
    }

    private static boolean isBelow(String prefix, String key) {
        return key.length() > prefix.length() && key.startsWith(prefix);
    }

    private static boolean isSound(String key) {
        return key.getBytes(StandardCharsets.UTF_8).length <= MOST_TOPIC_BYTES
                && key.codePoints()
                        .noneMatch(c -> Character.isISOControl(c) || c == '\uFFFD' || !Character.isDefined(c));
    }
}
