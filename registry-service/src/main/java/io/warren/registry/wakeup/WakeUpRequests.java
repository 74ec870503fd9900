package io.warren.registry.wakeup;

import io.warren.contracts.device.DeviceAddress;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.registry.device.Devices;
import io.warren.registry.presence.Presences;
import io.warren.registry.wakeup.WakeUps.WakeUpView;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Waking devices because somebody asks for it. */
@Service
class WakeUpRequests {

    /** How long a device is wanted that nothing waits for. */
    private static final Duration PATIENCE = Duration.ofHours(1);

    private static final ProblemKind CONNECTED =
            new ProblemKind("device-connected", HttpStatus.CONFLICT, "The device is connected");

    private static final ProblemKind NO_WAY =
            new ProblemKind("device-not-wakeable", HttpStatus.CONFLICT, "The device cannot be woken");

    private final Devices devices;
    private final Presences presences;
    private final WakeUps wakeUps;
    private final WakeUpProperties properties;
    private final Clock clock;

    WakeUpRequests(Devices devices, Presences presences, WakeUps wakeUps, WakeUpProperties properties, Clock clock) {
        this.devices = devices;
        this.presences = presences;
        this.wakeUps = wakeUps;
        this.properties = properties;
        this.clock = clock;
    }

    /** Has a device woken; if it is being woken already, the next message comes as soon as it may. */
    @Transactional
    WakeUpView wake(DeviceAddress device) {
        devices.hold(device);
        if (presences.holdConnected(device)) {
            throw new ProblemException(CONNECTED, "The device " + device.device() + " is there already.");
        }
        Instant now = clock.instant();
        wakeUps.want(device, Reason.REQUEST, now, now.plus(PATIENCE), properties.pause());
        return wakeUps.open(device)
                .orElseThrow(() ->
                        new ProblemException(NO_WAY, "The device is disabled, or its type names no wake-up channel."));
    }
}
