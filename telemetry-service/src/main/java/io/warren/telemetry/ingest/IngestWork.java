package io.warren.telemetry.ingest;

import io.warren.telemetry.activity.HeardDevices;
import io.warren.telemetry.measurement.Measurements;
import io.warren.telemetry.message.Message;
import io.warren.telemetry.message.Source;
import io.warren.telemetry.rejection.DeviceNotices;
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
    private final HeardDevices heard;

    IngestWork(
            BatchStorage storage,
            Measurements measurements,
            IngestMetrics metrics,
            DeviceNotices notices,
            HeardDevices heard) {
        this.storage = storage;
        this.measurements = measurements;
        this.metrics = metrics;
        this.notices = notices;
        this.heard = heard;
    }

    /**
     * Prepares a batch to be stored, before each attempt to; what an attempt before has settled stays as it is.
     *
     * @param claimed the shards that are the session's already; grows by those that it takes over
     */
    List<Message> prepare(UUID session, Set<String> claimed, List<Message> batch) {
        List<Message> prepared = storage.prepare(batch);
        Set<String> unclaimed =
                prepared.stream().map(message -> message.delivery().queue()).collect(Collectors.toSet());
        unclaimed.removeAll(claimed);
        if (!unclaimed.isEmpty()) {
            storage.claim(session, unclaimed);
            claimed.addAll(unclaimed);
        }
        List<Message> settled = storage.settle(prepared);
        metrics.leftOut(IngestMetrics.measurements(prepared) - IngestMetrics.measurements(settled));
        return settled;
    }

    /** Stores a batch that has been prepared. */
    void store(UUID session, List<Message> batch) throws ShardOwnership.ShardLost {
        long began = System.nanoTime();
        int added = storage.store(session, batch);
        metrics.stored(batch, added, System.nanoTime() - began);
        batch.forEach(this::tell);
    }

    /** What a gateway device says for a device that does not sit behind it is by now its own, refused. */
    private void tell(Message message) {
        Source source = message.source();
        notices.tell(source.tenant(), source.connection().device(), source.topic(), message.refusals());
        long arrived = message.delivery().arrivedMillis();
        if (!message.held()) {
            heard.note(source.tenant(), source.device(), arrived);
        }
        if (source.gateway() != null) {
            heard.note(source.tenant(), source.gateway(), arrived);
        }
    }

    void forgetPartitions() {
        measurements.forgetPartitions();
    }
}
