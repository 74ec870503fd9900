package io.warren.registry.brokerauth;

import io.warren.contracts.device.BootstrapName;
import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.device.DeviceId;
import io.warren.contracts.device.DeviceTopics;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a device may touch on the broker. It follows from its name alone, so no table is asked, and what the broker remembers of the
 * answers stays true: whether the device may be there at all was asked when it signed in, and whether it speaks for a device behind
 * it is asked by whoever reads the message.
 */
final class DeviceAuthorization {

    /** What is open to a device under the name it has until it has an identity, and to none that has one. */
    private static final String BOOTSTRAP = "bootstrap";

    /** A longer routing key could break an AMQP consumer, whose limit is 255 bytes. */
    private static final int MOST_TOPIC_BYTES = 220;

    /**
     * How many levels a topic below {@code up} has at most. The broker shows a dot in a topic as one more level, so this is also
     * what refuses dots.
     */
    private static final Map<String, Integer> MOST_LEVELS =
            Map.of("telemetry", 2, "events", 2, "logs", 1, "state", 3, "commands", 2, "firmware", 3, BOOTSTRAP, 0);

    private DeviceAuthorization() {}

    static boolean mayEnter(String username, String vhost) {
        return vhost.equals("/")
                && (DeviceAddress.parse(username).isPresent()
                        || BootstrapName.parse(username).isPresent());
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
     * A device publishes below its own {@code up} and subscribes below its own {@code down}; for devices behind it there is a place in
     * both. One that has no identity yet asks for one there and hears the answer, and nothing else.
     *
     * @param key the topic with dots for slashes and {@code *} for {@code +}
     */
    static boolean mayUse(String username, String vhost, String exchange, String permission, String key) {
        if (!vhost.equals("/") || !exchange.equals(DeviceTopics.EXCHANGE) || !isSound(key)) {
            return false;
        }
        Optional<DeviceAddress> bootstrapping = BootstrapName.parse(username).map(BootstrapName::device);
        return switch (permission) {
            case "write" ->
                bootstrapping.isPresent()
                        ? mayAsk(DeviceTopics.up(bootstrapping.get(), BOOTSTRAP, ""), key)
                        : DeviceAddress.parse(username)
                                .filter(device -> mayPublish(DeviceTopics.up(device, ""), key))
                                .isPresent();
            case "read" ->
                bootstrapping
                        .map(device -> DeviceTopics.down(device, BOOTSTRAP, ""))
                        .or(() -> DeviceAddress.parse(username).map(device -> DeviceTopics.down(device, "")))
                        .filter(prefix -> isBelow(prefix, key))
                        .isPresent();
            default -> false;
        };
    }

    /** What is below is the number of a request: one level. */
    private static boolean mayAsk(String prefix, String key) {
        return isBelow(prefix, key)
                && key.substring(prefix.length()).chars().noneMatch(c -> c == '.' || c == '*' || c == '#');
    }

    private static boolean mayPublish(String prefix, String key) {
        if (!isBelow(prefix, key) || key.indexOf('*') >= 0 || key.indexOf('#') >= 0) {
            return false;
        }
        List<String> levels = List.of(key.substring(prefix.length()).split("\\.", -1));
        if (!levels.getFirst().equals(DeviceTopics.VIA)) {
            return isInBounds(levels);
        }
        return levels.size() > 2 && DeviceId.isValid(levels.get(1)) && isInBounds(levels.subList(2, levels.size()));
    }

    private static boolean isInBounds(List<String> levels) {
        return levels.size() <= MOST_LEVELS.getOrDefault(levels.getFirst(), Integer.MAX_VALUE);
    }

    private static boolean isOwnQueue(String username, String name) {
        return name.equals("mqtt-subscription-" + username + "qos0")
                || name.equals("mqtt-subscription-" + username + "qos1")
                || (name.equals("mqtt-will-" + username)
                        && BootstrapName.parse(username).isEmpty());
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
