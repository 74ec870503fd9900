package io.warren.registry.presence;

import io.warren.registry.background.Leases;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.SchedulingConfigurer;
import org.springframework.scheduling.config.ScheduledTaskRegistrar;
import org.springframework.web.client.RestClientException;

/** When presence is put right and its history is cut. */
@Configuration(proxyBeanMethods = false)
class PresenceSchedule implements SchedulingConfigurer {

    private static final Logger log = LoggerFactory.getLogger(PresenceSchedule.class);
    private static final Duration PRUNE_EVERY = Duration.ofHours(1);

    private final PresenceProperties properties;
    private final PresenceReconciliation reconciliation;
    private final Connections connections;
    private final Leases leases;
    private final Clock clock;

    PresenceSchedule(
            PresenceProperties properties,
            PresenceReconciliation reconciliation,
            Connections connections,
            Leases leases,
            Clock clock) {
        this.properties = properties;
        this.reconciliation = reconciliation;
        this.connections = connections;
        this.leases = leases;
        this.clock = clock;
    }

    @Override
    public void configureTasks(ScheduledTaskRegistrar tasks) {
        tasks.addFixedDelayTask(this::reconcile, properties.reconcileEvery());
        tasks.addFixedDelayTask(this::prune, PRUNE_EVERY);
    }

    private void reconcile() {
        try {
            // a little shorter than the round, or the clocks of two replicas would let every other round pass
            if (leases.take(
                    "presence-reconciliation",
                    properties.reconcileEvery().multipliedBy(9).dividedBy(10))) {
                reconciliation.reconcile();
            }
        } catch (RestClientException | DataAccessException e) {
            log.warn("Presence is not compared with the broker this time: {}", e.getMessage());
        }
    }

    private void prune() {
        connections.forgetBefore(clock.instant().minus(properties.history()));
    }
}
