package io.warren.registry.presence;

import io.warren.contracts.device.DeviceAddress;
import java.util.Set;

/**
 * Devices can be reached anew, on connections of their own or of the gateway devices they sit behind: said inside the transaction
 * that records it.
 *
 * @param addresses the devices
 */
public record DevicesConnected(Set<DeviceAddress> addresses) {}
