package io.warren.telemetry.message;

import io.warren.contracts.device.DeviceTopics;
import io.warren.telemetry.measurement.StreamName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a message comes from, as its topic says; the broker lets a device publish on its own topics only. Whether a gateway device
 * speaks for another is for the directory to say.
 *
 * @param tenant the tenant's name
 * @param device the device's id
 * @param gateway the id of the gateway device that speaks for it, if it does not itself
 * @param topic the topic as the device wrote it
 * @param stream the stream it is for; absent if the topic names none that can be
 */
public record Source(
        String tenant,
        String device,
        @Nullable String gateway,
        String topic,
        @Nullable StreamName stream) {

    private static final int LEVELS_BEFORE_STREAM = 5;
    private static final int LEVELS_OF_VIA = 2;

    /**
     * Reads a routing key of the form {@code v1.{tenant}.{device}.up.telemetry[.{stream}…]}, or
     * {@code v1.{tenant}.{gateway}.up.via.{device}.telemetry[.{stream}…]}, which is all that the shards get.
     */
    static Source of(String routingKey) {
        List<String> levels = List.of(routingKey.split("\\.", -1));
        String tenant = level(levels, 1);
        boolean via = level(levels, 4).equals(DeviceTopics.VIA);
        String device = level(levels, via ? 5 : 2);
        int before = via ? LEVELS_BEFORE_STREAM + LEVELS_OF_VIA : LEVELS_BEFORE_STREAM;
        String stream =
                levels.size() <= before ? StreamName.DEFAULT : String.join("/", levels.subList(before, levels.size()));
        return new Source(
                tenant,
                device,
                via ? level(levels, 2) : null,
                routingKey.replace('.', '/'),
                StreamName.isValid(stream) ? new StreamName(tenant, device, stream) : null);
    }

    private static String level(List<String> levels, int index) {
        return index < levels.size() ? levels.get(index) : "";
    }

    /** The device on whose connection it came. */
    public Device connection() {
        return new Device(tenant, gateway == null ? device : gateway);
    }

    /** What identifies the device. */
    public Device sender() {
        return new Device(tenant, device);
    }

    /** A device of a tenant, whatever it calls itself. */
    public record Device(String tenant, String device) {}
}
