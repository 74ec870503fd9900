package io.warren.registry.device;

import io.warren.contracts.device.DeviceAddress;

/**
 * A device is about to be deleted: said inside the transaction that does it, while what belongs to the device is still there.
 *
 * @param address the device
 */
public record DeviceLeaves(DeviceAddress address) {}
