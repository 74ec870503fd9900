package io.warren.registry.presence;

import io.warren.contracts.device.DeviceAddress;
import java.util.Set;

/**
 * Devices have new connections: said inside the transaction that records them.
 *
 * @param addresses the devices, as many as one batch of news is about
 */
public record DevicesConnected(Set<DeviceAddress> addresses) {}
