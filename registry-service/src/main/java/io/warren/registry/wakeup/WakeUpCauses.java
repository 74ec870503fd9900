package io.warren.registry.wakeup;

import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.registry.PresenceEvent;
import io.warren.platform.outbox.Outbox;
import io.warren.registry.presence.DevicesConnected;
import io.warren.registry.wakechannel.WakeUpChannelDeleted;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * What makes devices wanted, and what ends that, each in the transaction in which it happens. Commands are not among it: a trigger of
 * their table sees to them, however many are given at once.
 */
@Component
class WakeUpCauses {

    /** A device that leaves before it is done comes back by itself, more often than not. */
    private static final Duration BEFORE_CALLING_BACK = Duration.ofMinutes(5);

    private final WakeUps wakeUps;
    private final Clock clock;

    WakeUpCauses(WakeUps wakeUps, Clock clock) {
        this.wakeUps = wakeUps;
        this.clock = clock;
    }

    @EventListener
    void connected(DevicesConnected devices) {
        wakeUps.awake(devices.addresses(), clock.instant());
    }

    /** Of some devices the platform learns only late that they sleep: what it gave them until then has woken nobody. */
    @EventListener
    void told(Outbox.Appended told) {
        List<DeviceAddress> gone = told.events().stream()
                .filter(event -> event.type().equals(PresenceEvent.DISCONNECTED))
                .map(Outbox.Event::payload)
                .filter(PresenceEvent.class::isInstance)
                .map(PresenceEvent.class::cast)
                .map(event -> DeviceAddress.of(event.tenant(), event.device()))
                .toList();
        if (!gone.isEmpty()) {
            wakeUps.wantForWhatWaits(gone, clock.instant(), BEFORE_CALLING_BACK);
        }
    }

    @EventListener
    void deleted(WakeUpChannelDeleted channel) {
        wakeUps.channelDeleted(channel.tenant(), channel.channel(), clock.instant());
    }
}
