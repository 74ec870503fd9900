package io.warren.contracts.device;

import org.jspecify.annotations.Nullable;

/**
 * How messages get to a device and come from it: on a connection of its own, or on that of the gateway device it sits behind.
 *
 * @param device the device
 * @param gateway the gateway device, of the same tenant; absent for a device that connects itself
 */
public record DeviceRoute(DeviceAddress device, @Nullable DeviceId gateway) {

    /** The device whose connection carries the messages. */
    public DeviceAddress connection() {
        return gateway == null ? device : new DeviceAddress(device.tenant(), gateway);
    }

    /** The routing key of a message from the device, for example {@code up("telemetry", "env")}. */
    public String up(String... path) {
        return gateway == null
                ? DeviceTopics.up(device, path)
                : DeviceTopics.up(
                        connection(), DeviceTopics.VIA, device.device().value(), String.join(".", path));
    }

    /** The routing key of a message to the device, for example {@code down("firmware", "job")}. */
    public String down(String... path) {
        return gateway == null
                ? DeviceTopics.down(device, path)
                : DeviceTopics.down(
                        connection(), DeviceTopics.VIA, device.device().value(), String.join(".", path));
    }
}
