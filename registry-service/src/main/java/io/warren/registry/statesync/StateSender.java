package io.warren.registry.statesync;

import io.warren.registry.background.BackgroundLoop;
import io.warren.registry.device.DeviceRoutes;
import io.warren.registry.downlink.DeviceMessages;
import io.warren.registry.presence.DevicesConnected;
import io.warren.registry.state.DesiredChanged;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Tells devices that are there what is desired of them: the newest there is at that moment, one message of a device at a time,
 * so that no older version comes after a newer. Changes that come meanwhile are told about together.
 */
@Component
class StateSender extends BackgroundLoop {

    private static final int BATCH = 100;
    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final Duration CONFIRM = Duration.ofSeconds(10);
    private static final Duration LIFETIME = Duration.ofDays(1);

    /** A device that has connected may not have subscribed yet; it is tried again after 1, 2, 4, … seconds, so often. */
    private static final int MOST_FAILURES = 6;

    private final StateDeliveries deliveries;
    private final DeviceMessages messages;
    private final DeviceRoutes routes;
    private final StateMetrics metrics;
    private final Clock clock;

    StateSender(
            StateDeliveries deliveries,
            DeviceMessages messages,
            DeviceRoutes routes,
            StateMetrics metrics,
            Clock clock) {
        this.deliveries = deliveries;
        this.messages = messages;
        this.routes = routes;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** Runs in the transaction that changes what is desired. */
    @EventListener
    void changed(DesiredChanged device) {
        wakeAfterCommit();
    }

    /** Runs in the transaction that records the connections, so that no change is forgotten in between. */
    @EventListener
    void sendAgain(DevicesConnected devices) {
        if (deliveries.sendAgain(devices.addresses(), clock.instant()) > 0) {
            wakeAfterCommit();
        }
    }

    @Override
    protected boolean workOff() throws InterruptedException {
        Instant now = clock.instant();
        List<StateDeliveries.Taken> batch = deliveries.take(now, LEASE, BATCH);
        Instant patience = now.plus(CONFIRM);
        List<Sending> sendings = new ArrayList<>();
        for (StateDeliveries.Taken taken : batch) {
            // whoever was held up for so long leaves it to the next: the lease could end under way
            if (clock.instant().isBefore(patience)) {
                sendings.add(new Sending(taken, send(taken)));
            }
        }
        for (Sending sending : sendings) {
            StateDeliveries.Taken taken = sending.taken();
            DeviceMessages.Fate fate = sending.delivery().fate(Duration.between(clock.instant(), patience));
            metrics.told(fate, taken.sendAt());
            switch (fate) {
                case TAKEN -> deliveries.sent(taken);
                case REFUSED -> deliveries.refused(taken, retry(taken));
                case UNKNOWN -> {} // it may still be under way: nothing else is sent before the lease ends
            }
        }
        return batch.size() == BATCH;
    }

    private DeviceMessages.Delivery send(StateDeliveries.Taken taken) {
        return messages.send(
                routes.to(taken.address()).down("state", "desired"),
                "{\"version\":" + taken.version() + ",\"state\":" + taken.desired() + "}",
                LIFETIME);
    }

    private @Nullable Instant retry(StateDeliveries.Taken taken) {
        return taken.failures() >= MOST_FAILURES
                ? null
                : clock.instant().plus(Duration.ofSeconds(1L << taken.failures()));
    }

    private record Sending(StateDeliveries.Taken taken, DeviceMessages.Delivery delivery) {}
}
