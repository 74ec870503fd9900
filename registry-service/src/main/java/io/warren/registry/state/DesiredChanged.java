package io.warren.registry.state;

import io.warren.contracts.device.DeviceAddress;

/**
 * What a device is to be like has changed: said inside the transaction that changes it.
 *
 * @param address the device
 */
public record DesiredChanged(DeviceAddress address) {}
