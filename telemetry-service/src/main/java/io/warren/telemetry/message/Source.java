package io.warren.telemetry.message;

import io.warren.telemetry.measurement.StreamName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a message comes from, as its topic says; the broker lets a device publish on its own topics only.
 *
 * @param tenant the tenant's name
 * @param device the device's id
 * @param topic the topic as the device wrote it
 * @param stream the stream it is for; absent if the topic names none that can be
 */
public record Source(
        String tenant,
        String device,
        String topic,
        @Nullable StreamName stream) {

    private static final int LEVELS_BEFORE_STREAM = 5;

    /** Reads a routing key of the form {@code v1.{tenant}.{device}.up.telemetry[.{stream}…]}, which is all that the shards get. */
    static Source of(String routingKey) {
        List<String> levels = List.of(routingKey.split("\\.", -1));
        String tenant = level(levels, 1);
        String device = level(levels, 2);
        String stream = levels.size() <= LEVELS_BEFORE_STREAM
                ? StreamName.DEFAULT
                : String.join("/", levels.subList(LEVELS_BEFORE_STREAM, levels.size()));
        return new Source(
                tenant,
                device,
                routingKey.replace('.', '/'),
                StreamName.isValid(stream) ? new StreamName(tenant, device, stream) : null);
    }

    private static String level(List<String> levels, int index) {
        return index < levels.size() ? levels.get(index) : "";
    }

    /** What identifies the device. */
    public Device sender() {
        return new Device(tenant, device);
    }

    /** A device of a tenant, whatever it calls itself. */
    public record Device(String tenant, String device) {}
}
