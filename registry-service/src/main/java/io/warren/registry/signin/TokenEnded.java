package io.warren.registry.signin;

import io.warren.contracts.device.DeviceAddress;

/** The token that a device entered the broker with has ended: said inside the transaction that finds it out. */
public record TokenEnded(DeviceAddress address) {}
