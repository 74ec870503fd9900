package io.warren.telemetry.ingest;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.warren.telemetry.message.Message;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/** How ingest is doing. */
@Component
class IngestMetrics {

    private final MeterRegistry registry;
    private final Clock clock;
    private final Counter messages;
    private final Counter measurements;
    private final Counter repeated;
    private final DistributionSummary batches;
    private final Timer database;
    private final Timer lag;

    IngestMetrics(MeterRegistry registry, Clock clock) {
        this.registry = registry;
        this.clock = clock;
        messages = Counter.builder("warren.ingest.messages")
                .description("Messages taken from the broker and done with")
                .register(registry);
        measurements = Counter.builder("warren.ingest.measurements")
                .description("Measurements stored")
                .register(registry);
        repeated = Counter.builder("warren.ingest.repeated")
                .description("Measurements that were stored before")
                .register(registry);
        batches = DistributionSummary.builder("warren.ingest.batch")
                .description("Messages stored in one transaction")
                .register(registry);
        database = Timer.builder("warren.ingest.database")
                .description("What storing a batch takes")
                .register(registry);
        lag = Timer.builder("warren.ingest.lag")
                .description("From the arrival of a batch's first message at the broker until the batch is stored")
                .register(registry);
    }

    static int measurements(List<Message> batch) {
        return batch.stream()
                .filter(message -> !message.held())
                .mapToInt(message -> message.measurements().size())
                .sum();
    }

    /** Counts measurements that were found to be stored before the batch that holds them is. */
    void leftOut(int measurements) {
        repeated.increment(measurements);
    }

    void stored(List<Message> batch, int added, long nanos) {
        messages.increment(batch.size());
        measurements.increment(added);
        repeated.increment(measurements(batch) - added);
        batches.record(batch.size());
        database.record(nanos, TimeUnit.NANOSECONDS);
        long first = batch.getFirst().delivery().arrivedMillis();
        lag.record(Math.max(0, clock.millis() - first), TimeUnit.MILLISECONDS);
        for (Message message : batch) {
            message.refusals()
                    .forEach(refusal -> Counter.builder("warren.ingest.rejected")
                            .description("Messages and elements of batches that were refused")
                            .tag("reason", refusal.reason().wireName())
                            .register(registry)
                            .increment(refusal.count()));
        }
    }
}
