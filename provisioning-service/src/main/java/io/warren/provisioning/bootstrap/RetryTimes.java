package io.warren.provisioning.bootstrap;

import io.warren.platform.pace.ReturnTimes;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.springframework.stereotype.Component;

/**
 * When devices are to come again: each is told a time of its own, so that those that were turned away together, after an outage
 * perhaps, do not come back together.
 */
@Component
class RetryTimes {

    private static final int AWAY_BACK_A_SECOND = 250;
    private static final Duration AWAY_BACK_WITHIN = Duration.ofMinutes(10);

    private final BootstrapProperties properties;
    private final ReturnTimes away;
    private final RandomGenerator random = RandomGenerator.getDefault();

    RetryTimes(BootstrapProperties properties) {
        this.properties = properties;
        this.away = new ReturnTimes(AWAY_BACK_A_SECOND, properties.awayRetry(), AWAY_BACK_WITHIN);
    }

    /** For a device about which somebody has to decide. */
    Duration whilePending() {
        return around(properties.pendingRetry());
    }

    /** For a device that came when something behind this service was away. */
    Duration whileAway() {
        return away.next();
    }

    /** Half of it more or less, in whole seconds, and at least one. */
    private Duration around(Duration base) {
        long millis = base.toMillis();
        return Duration.ofSeconds(Math.max(1, Math.round((millis / 2.0 + random.nextDouble() * millis) / 1000)));
    }
}
