package io.warren.registry.wakedelivery;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.warren.registry.messagegateway.Handover;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** What operators see of wake-ups, by the kind of channel: {@code warren.wakeups} and {@code warren.wakeups.waiting}. */
@Component
class WakeUpMetrics {

    private final Map<String, AtomicLong> waiting = new ConcurrentHashMap<>();
    private final MeterRegistry meters;
    private final JdbcClient jdbc;

    WakeUpMetrics(MeterRegistry meters, JdbcClient jdbc) {
        this.meters = meters;
        this.jdbc = jdbc;
    }

    void count(String kind, Handover handover) {
        String outcome = switch (handover) {
            case Handover.Taken _ -> "sent";
            case Handover.Refused _ -> "refused";
            case Handover.Busy _ -> "postponed";
            case Handover.Broken _ -> "failed";
        };
        meters.counter("warren.wakeups", "kind", kind, "outcome", outcome).increment();
    }

    @Scheduled(fixedDelay = 15_000)
    void countWaiting() {
        waiting.values().forEach(count -> count.set(0));
        jdbc.sql("""
                        SELECT kind, count(*) AS waiting FROM wake_up
                        JOIN wake_up_channel ON wake_up_channel.tenant = wake_up.tenant AND wake_up_channel.id = channel
                        WHERE due_at IS NOT NULL GROUP BY kind""").query(row -> {
            waiting.computeIfAbsent(row.getString("kind"), this::gauge).set(row.getLong("waiting"));
        });
    }

    private AtomicLong gauge(String kind) {
        AtomicLong count = new AtomicLong();
        Gauge.builder("warren.wakeups.waiting", count, AtomicLong::doubleValue)
                .description("Devices that are being woken")
                .tag("kind", kind)
                .register(meters);
        return count;
    }
}
