package io.warren.registry.steadiness;

import io.warren.contracts.device.DeviceId;
import io.warren.contracts.device.TenantId;
import io.warren.registry.configuration.Configurations;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Lets go of devices that keep what they have because configurations came and went too often. */
@Service
public class Release {

    /** How many devices are released at once. */
    static final int MOST = 10_000;

    private final Configurations configurations;
    private final TurnsOnRecord turns;
    private final ApplicationEventPublisher events;

    Release(Configurations configurations, TurnsOnRecord turns, ApplicationEventPublisher events) {
        this.configurations = configurations;
        this.turns = turns;
        this.events = events;
    }

    /**
     * Releases devices that a configuration has a part in holding, as if its turns had not been counted.
     *
     * @param among which of them; absent for all, the first {@value #MOST} at the most
     * @return how many these were
     */
    @Transactional
    int of(TenantId tenant, String configuration, @Nullable Collection<DeviceId> among) {
        int released =
                turns.release(tenant, configurations.get(tenant, configuration).id(), among, MOST);
        events.publishEvent(new Released());
        return released;
    }

    /** Devices were released: said inside the transaction that does it. */
    public record Released() {}
}
