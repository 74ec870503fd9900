package io.warren.contracts.device;

import java.util.List;
import java.util.Optional;

/**
 * The topic grammar of device protocol, version 1, in the broker's spelling: {@code v1.{tenant}.{device}.up.…} from a device
 * and {@code v1.{tenant}.{device}.down.…} to it. The MQTT plugin turns slashes into dots on the way in and back on the way out.
 */
public final class DeviceTopics {

    /** The exchange on which the MQTT plugin publishes what devices send and from which it serves their subscriptions. */
    public static final String EXCHANGE = "amq.topic";

    /** The header in which the broker names the authenticated sender of a message; a device cannot forge it. */
    public static final String CLIENT_ID_HEADER = "x-opt-mqtt-client-id";

    private static final int LEVELS_BEFORE_PATH = 4;

    private DeviceTopics() {}

    /** The routing key of a message to a device, for example {@code down("firmware", "job")}. */
    public static String down(DeviceAddress address, String... path) {
        return key(address, "down", path);
    }

    /** The routing key of a message from a device, for example {@code up("telemetry", "env")}. */
    public static String up(DeviceAddress address, String... path) {
        return key(address, "up", path);
    }

    private static String key(DeviceAddress address, String direction, String... path) {
        return "v1." + address.tenant() + "." + address.device() + "." + direction + "." + String.join(".", path);
    }

    /** Reads the routing key of a message from a device; empty if it is not one. */
    public static Optional<UpTopic> parseUp(String routingKey) {
        List<String> levels = List.of(routingKey.split("\\.", -1));
        if (levels.size() <= LEVELS_BEFORE_PATH
                || !levels.get(0).equals("v1")
                || !levels.get(3).equals("up")
                || !TenantId.isValid(levels.get(1))
                || !DeviceId.isValid(levels.get(2))) {
            return Optional.empty();
        }
        return Optional.of(new UpTopic(
                DeviceAddress.of(levels.get(1), levels.get(2)), levels.subList(LEVELS_BEFORE_PATH, levels.size())));
    }

    /**
     * The topic of a message from a device.
     *
     * @param address the device whose topic it is
     * @param path the levels below {@code up}, at least one
     */
    public record UpTopic(DeviceAddress address, List<String> path) {

        /** The topic as the device wrote it, with slashes. */
        public String asMqtt() {
            return "v1/" + address.tenant() + "/" + address.device() + "/up/" + String.join("/", path);
        }
    }
}
