package io.warren.telemetry.ingest;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * Tells operators whether this process takes messages from the broker: as {@code ingest} in its health and as the gauge
 * {@code warren.ingest.connected}. It is no part of readiness, which decides about REST traffic: a replica without the broker
 * still answers what has been stored, and taking all of them out would turn an outage of the one into an outage of both.
 */
@Component
@ConditionalOnBooleanProperty(name = "warren.ingest.enabled", matchIfMissing = true)
class IngestHealthIndicator implements HealthIndicator {

    private final Ingest ingest;

    IngestHealthIndicator(Ingest ingest, MeterRegistry registry) {
        this.ingest = ingest;
        Gauge.builder("warren.ingest.connected", ingest, each -> each.isConnected() ? 1 : 0)
                .description("1 while this process has a session with the broker, else 0")
                .register(registry);
    }

    @Override
    public Health health() {
        return (ingest.isConnected() ? Health.up() : Health.down()).build();
    }
}
