package io.warren.telemetry.message;

import io.warren.telemetry.measurement.Measurement;
import io.warren.telemetry.measurement.Measurements;
import io.warren.telemetry.measurement.Measurements.Stored;
import io.warren.telemetry.measurement.StreamName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Settles measurements that have the time of their arrival and that a reader before this one may have met: a measurement that it
 * has stored is left out, one that shares a millisecond with others that it has stored comes after them. The broker numbers nothing,
 * so they are recognised by millisecond and content.
 */
public final class Arrivals {

    private final Measurements measurements;

    /** Arrivals among what is stored. */
    public Arrivals(Measurements measurements) {
        this.measurements = measurements;
    }

    /**
     * Settles a batch, once: what it returns is settled for good, so that storing it again, when nobody knows whether it was stored,
     * meets the primary key.
     */
    public List<Message> settle(List<Message> batch) {
        List<Measurement> doubtful = batch.stream()
                .filter(Arrivals::isDoubtful)
                .flatMap(message -> message.measurements().stream())
                .toList();
        if (doubtful.isEmpty()) {
            return batch;
        }
        Map<Moment, List<Stored>> stored = new HashMap<>();
        for (Stored each : measurements.storedInTheMillisecondOf(doubtful)) {
            stored.computeIfAbsent(new Moment(each.stream(), millis(each.ts())), _ -> new ArrayList<>())
                    .add(each);
        }
        List<Message> settled = new ArrayList<>(batch.size());
        for (Message message : batch) {
            settled.add(
                    message.held() || message.timing() == Message.Timing.BY_DEVICE ? message : settle(message, stored));
        }
        return settled;
    }

    private static Message settle(Message message, Map<Moment, List<Stored>> stored) {
        List<Measurement> settled = new ArrayList<>();
        for (Measurement measurement : message.measurements()) {
            settle(message, measurement, stored, settled);
        }
        return message.settled(settled);
    }

    private static void settle(
            Message message, Measurement measurement, Map<Moment, List<Stored>> stored, List<Measurement> settled) {
        List<Stored> there = stored.get(new Moment(measurement.stream(), millis(measurement.ts())));
        if (there == null) {
            settled.add(measurement);
            return;
        }
        if (message.timing() == Message.Timing.BY_ARRIVAL_PERHAPS_STORED) {
            Stored same = there.stream()
                    .filter(each -> each.key() == measurement.key())
                    .findFirst()
                    .orElse(null);
            if (same != null) {
                // each stored one accounts for one delivery: a device may well send the same values twice in a
                // millisecond
                there.remove(same);
                return;
            }
        }
        long last =
                there.stream().map(Stored::ts).max(Comparator.naturalOrder()).orElse(measurement.ts() - 1);
        Measurement placed = measurement.ts() > last ? measurement : measurement.arrivedAt(last + 1);
        there.add(new Stored(placed.stream(), placed.ts(), -1));
        settled.add(placed);
    }

    private static boolean isDoubtful(Message message) {
        return !message.held()
                && (message.timing() == Message.Timing.BY_ARRIVAL_BESIDE_OTHERS
                        || message.timing() == Message.Timing.BY_ARRIVAL_PERHAPS_STORED);
    }

    private static long millis(long micros) {
        return Math.floorDiv(micros, 1000);
    }

    private record Moment(StreamName stream, long millis) {}
}
