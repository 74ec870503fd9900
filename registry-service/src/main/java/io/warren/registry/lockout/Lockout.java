package io.warren.registry.lockout;

import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.registry.LockoutEvent;
import io.warren.platform.peer.PeerAddress;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Somebody is turned away for a while.
 *
 * @param subject who
 * @param failures how many failures led to it
 * @param until until when
 */
record Lockout(Subject subject, int failures, Instant until) {

    LockoutEvent event(Instant at) {
        DeviceAddress device = subject.device();
        return new LockoutEvent(
                device == null ? null : device.tenant().value(),
                device == null ? null : device.device().value(),
                subject.address().text(),
                failures,
                until,
                at);
    }

    /**
     * Who is turned away.
     *
     * @param device the device that is tried; absent for whoever comes from there
     */
    record Subject(PeerAddress address, @Nullable DeviceAddress device) {}
}
