package io.warren.telemetry.tenant;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.warren.platform.database.DatabaseAway;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * What tenants may send. Messages are counted by when they arrived at the broker, not by when they are read: a backlog that is
 * worked off after an outage costs nobody anything. Each replica counts what it reads.
 */
@Component
public class Allowances {

    /** Over how long a rate is averaged. */
    public static final Duration WINDOW = Duration.ofSeconds(10);

    private static final Logger log = LoggerFactory.getLogger(Allowances.class);

    /** Windows of limited tenants that are remembered; a backlog reaches over many. */
    private static final int WINDOWS = 100_000;

    private final TenantDirectory directory;
    private final Counter refused;
    private final LoadingCache<Window, LongAdder> counts = Caffeine.newBuilder()
            .maximumSize(WINDOWS)
            .expireAfterAccess(Duration.ofMinutes(10))
            .build(_ -> new LongAdder());
    private volatile Map<String, Long> rates = Map.of();
    private volatile Map<String, Duration> retentions = Map.of();

    Allowances(TenantDirectory directory, MeterRegistry meters) {
        this.directory = directory;
        this.refused = Counter.builder("warren.ingest.overlimit")
                .description("Messages beyond what their tenants may send in a second")
                .register(meters);
    }

    /**
     * Whether a tenant may send one message more.
     *
     * @param arrivedMillis when it arrived, in milliseconds since 1970-01-01T00:00Z
     */
    public boolean admits(String tenant, long arrivedMillis) {
        Long rate = rates.get(tenant);
        if (rate == null) {
            return true;
        }
        LongAdder count = counts.get(new Window(tenant, window(arrivedMillis)));
        count.increment();
        if (count.sum() <= rate * WINDOW.toSeconds()) {
            return true;
        }
        refused.increment();
        return false;
    }

    /** The number of the window that a time falls into. */
    public static long window(long millis) {
        return Math.floorDiv(millis, WINDOW.toMillis());
    }

    /** How long a tenant's measurements are kept: {@code usual}, unless its limit is lower. */
    public Duration retention(String tenant, Duration usual) {
        Duration own = retentions.get(tenant);
        return own == null || own.compareTo(usual) > 0 ? usual : own;
    }

    /** Reads the limits anew; while the database is away, those that are known hold on. */
    @Scheduled(fixedDelay = 5_000)
    void refresh() {
        try {
            rates = directory.messagesPerSecond();
            retentions = directory.retentions();
        } catch (RuntimeException e) {
            if (!DatabaseAway.isCauseOf(e)) {
                throw e;
            }
            log.debug("Tenants' limits are read later", e);
        }
    }

    private record Window(String tenant, long number) {}
}
