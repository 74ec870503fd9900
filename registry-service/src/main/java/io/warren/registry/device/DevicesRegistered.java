package io.warren.registry.device;

import io.warren.contracts.device.DeviceAddress;
import java.util.Map;

/**
 * There are new devices: said inside the transaction that makes them.
 *
 * @param types the type of each
 */
public record DevicesRegistered(Map<DeviceAddress, String> types) {

    public DevicesRegistered {
        types = Map.copyOf(types);
    }
}
