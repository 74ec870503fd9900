package io.warren.registry.timeline;

import io.warren.contracts.device.DeviceAddress;

/**
 * Other firmware is known to be on a device: said inside the transaction that notes it.
 *
 * @param device the device
 */
public record FirmwareInstalled(DeviceAddress device) {}
