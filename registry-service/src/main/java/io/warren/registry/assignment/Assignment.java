package io.warren.registry.assignment;

import io.warren.contracts.device.DeviceAddress;

/**
 * How it stands between a device and a configuration.
 *
 * @param device the device
 * @param configuration the configuration's id
 * @param version the configuration's version
 * @param targeted whether the target is true of the device
 * @param inForce whether the configuration is part of the device's desired state
 * @param status what has become of it
 */
record Assignment(
        DeviceAddress device, String configuration, long version, boolean targeted, boolean inForce, Status status) {

    /** What can become of a configuration at a device. */
    enum Status {
        /** All of it is in the desired state, and the device does not yet say that it is like that. */
        APPLIED,
        /** All of it is in the desired state, and the device says that it is like that. */
        REPORTED,
        /** The device itself, or a configuration that counts before, says otherwise somewhere. */
        OVERRIDDEN,
        /** With it the desired state would be too large or too deep. */
        TOO_LARGE,
        /** It came and went too often: the device keeps what it has. */
        HELD
    }
}
