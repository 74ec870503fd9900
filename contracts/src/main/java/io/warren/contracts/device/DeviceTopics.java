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

    /** The level after which a gateway device names the device behind it, upwards and downwards. */
    public static final String VIA = "via";

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
        DeviceAddress sender = DeviceAddress.of(levels.get(1), levels.get(2));
        List<String> path = levels.subList(LEVELS_BEFORE_PATH, levels.size());
        if (!path.getFirst().equals(VIA)) {
            return Optional.of(new UpTopic(new DeviceRoute(sender, null), path));
        }
        if (path.size() <= 2 || !DeviceId.isValid(path.get(1))) {
            return Optional.empty();
        }
        DeviceAddress device = new DeviceAddress(sender.tenant(), new DeviceId(path.get(1)));
        return Optional.of(new UpTopic(new DeviceRoute(device, sender.device()), path.subList(2, path.size())));
    }

    /**
     * The topic of a message from a device.
     *
     * @param route the device that it is from, and the gateway device that says so, if any; whether that one speaks for the other is
     *     for the registry to say
     * @param path the levels below {@code up}, or below the name of the device behind a gateway; at least one
     */
    public record UpTopic(DeviceRoute route, List<String> path) {

        /** The device that the message is from. */
        public DeviceAddress address() {
            return route.device();
        }

        /** The device on whose connection it must have come. */
        public DeviceAddress sender() {
            return route.connection();
        }

        /** The topic as the device wrote it, with slashes. */
        public String asMqtt() {
            String below = route.gateway() == null ? "" : VIA + "/" + address().device() + "/";
            return "v1/" + sender().tenant() + "/" + sender().device() + "/up/" + below + String.join("/", path);
        }
    }
}
