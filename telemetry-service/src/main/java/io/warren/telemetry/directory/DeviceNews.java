package io.warren.telemetry.directory;

import io.warren.contracts.registry.DeviceEvent;
import org.jspecify.annotations.Nullable;

/**
 * What the registry tells of a device.
 *
 * @param version grows with each change of the device
 * @param deleted whether it is gone
 * @param gateway the id of the gateway device that speaks for it
 */
record DeviceNews(
        String tenant,
        String device,
        long version,
        boolean deleted,
        @Nullable String gateway) {

    static DeviceNews of(DeviceEvent event, boolean deleted) {
        return new DeviceNews(event.tenant(), event.device(), event.version(), deleted, event.admittedGateway());
    }
}
