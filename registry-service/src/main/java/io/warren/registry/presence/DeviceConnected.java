package io.warren.registry.presence;

import io.warren.contracts.device.DeviceAddress;

/**
 * A device has a new connection: said inside the transaction that records it.
 *
 * @param address the device
 */
public record DeviceConnected(DeviceAddress address) {}
