package io.warren.registry.presence;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.warren.registry.background.Leases;
import java.time.Duration;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import java.util.function.ToDoubleFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.SchedulingConfigurer;
import org.springframework.scheduling.config.ScheduledTaskRegistrar;

/** When devices are watched, by one replica at a time, and counted, by each for its metrics. */
@Configuration(proxyBeanMethods = false)
class WatchSchedule implements SchedulingConfigurer {

    private static final Logger log = LoggerFactory.getLogger(WatchSchedule.class);
    private static final int BATCH = 1_000;

    private final PresenceWatch watch;
    private final Presences presences;
    private final Leases leases;
    private final Duration every;
    private volatile Presences.Counts counts = new Presences.Counts(0, 0, 0);

    WatchSchedule(
            PresenceWatch watch,
            Presences presences,
            Leases leases,
            PresenceProperties properties,
            MeterRegistry meters) {
        this.watch = watch;
        this.presences = presences;
        this.leases = leases;
        this.every = properties.watchEvery();
        gauge(meters, "connected", "Devices that are connected", Presences.Counts::connected);
        gauge(meters, "flapping", "Devices that connect again and again", Presences.Counts::flapping);
        gauge(
                meters,
                "silent",
                "Devices of which nothing has been heard for longer than their types allow",
                Presences.Counts::silent);
    }

    @Override
    public void configureTasks(ScheduledTaskRegistrar tasks) {
        tasks.addFixedDelayTask(this::watch, every);
    }

    private void watch() {
        try {
            // a little shorter than the round, or the clocks of two replicas would let every other round pass
            if (leases.take("presence-watch", every.multipliedBy(9).dividedBy(10))) {
                untilNoneIsLeft(watch::endFlapping);
                watch.changedAllowances().forEach(this::reckon);
                untilNoneIsLeft(watch::fallSilent);
            }
            counts = presences.count();
        } catch (DataAccessException e) {
            log.warn("Devices are not watched this time: {}", e.getMessage());
        }
    }

    private void reckon(SilenceAllowances.Allowance allowance) {
        Optional<String> last = Optional.of("");
        while (last.isPresent()) {
            last = watch.reckon(allowance, last.get(), BATCH);
        }
    }

    private static void untilNoneIsLeft(IntUnaryOperator work) {
        int done;
        do {
            done = work.applyAsInt(BATCH);
        } while (done == BATCH);
    }

    private void gauge(
            MeterRegistry meters, String state, String description, ToDoubleFunction<Presences.Counts> count) {
        Gauge.builder("warren.presence." + state, () -> count.applyAsDouble(counts))
                .description(description)
                .register(meters);
    }
}
