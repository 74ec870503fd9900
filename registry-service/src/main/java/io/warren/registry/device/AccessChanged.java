package io.warren.registry.device;

import io.warren.contracts.device.DeviceAddress;

/**
 * What a device may do has changed: said inside the transaction that changes it.
 *
 * @param address the device
 * @param narrowed whether a connection that it has now may be one that it could not open any more
 */
public record AccessChanged(DeviceAddress address, boolean narrowed) {}
