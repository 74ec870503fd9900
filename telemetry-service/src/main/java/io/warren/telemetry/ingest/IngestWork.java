package io.warren.telemetry.ingest;

import io.warren.telemetry.measurement.Measurements;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** All that is done about a batch: it is stored, and then counted and told about. */
@Component
class IngestWork {

    private final BatchStorage storage;
    private final Measurements measurements;
    private final IngestMetrics metrics;
    private final DeviceNotices notices;

    IngestWork(BatchStorage storage, Measurements measurements, IngestMetrics metrics, DeviceNotices notices) {
        this.storage = storage;
        this.measurements = measurements;
        this.metrics = metrics;
        this.notices = notices;
    }

    /**
     * Stores a batch.
     *
     * @param claimed the shards that are the session's already; grows by those that it takes over
     */
    void store(UUID session, Set<String> claimed, List<Message> batch) throws ShardOwnership.ShardLost {
        long began = System.nanoTime();
        List<Message> prepared = storage.prepare(batch);
        int added = storage.store(session, claimed, prepared);
        claimed.addAll(
                prepared.stream().map(message -> message.delivery().queue()).collect(Collectors.toSet()));
        metrics.stored(prepared, added, System.nanoTime() - began);
        prepared.forEach(notices::tell);
    }

    void forgetPartitions() {
        measurements.forgetPartitions();
    }
}
