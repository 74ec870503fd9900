package io.warren.telemetry.message;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.warren.telemetry.body.Contents;
import io.warren.telemetry.body.JsonBody;
import io.warren.telemetry.body.MediaType;
import io.warren.telemetry.body.Reading;
import io.warren.telemetry.body.Reason;
import io.warren.telemetry.measurement.Measurement;
import io.warren.telemetry.measurement.StreamName;
import io.warren.telemetry.tenant.Allowances;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Turns deliveries into what is to be stored, for one lane. Each delivery passes through it once, in order. */
public final class MessageReading {

    private static final int SOURCES = 20_000;

    /** The broker's clock and this one may differ. */
    private static final long CLOCK_SKEW_MILLIS = 10_000;

    private final JsonBody json = new JsonBody();
    private final Allowances allowances;
    private final Duration retention;
    private final long sinceMillis;
    private final ArrivalTimes arrivals = new ArrivalTimes();
    private final LoadingCache<String, Source> sources =
            Caffeine.newBuilder().maximumSize(SOURCES).build(Source::of);
    private final Cache<Source.Device, Long> lastOverLimit =
            Caffeine.newBuilder().maximumSize(SOURCES).build();
    private final MessageDigest digest = sha256();

    /**
     * A reading of what a session gets.
     *
     * @param retention for how long measurements are kept, unless a tenant's are for less
     * @param sinceMillis when the session began: what arrived before may share its millisecond with what another has stored
     */
    MessageReading(Allowances allowances, Duration retention, long sinceMillis) {
        this.allowances = allowances;
        this.retention = retention;
        this.sinceMillis = sinceMillis;
    }

    /** Reads the next delivery. */
    public Message read(Delivery delivery) {
        Source source = sources.get(delivery.routingKey());
        boolean unheard = arrivals.isNew(source.sender());
        long receivedAt = arrivals.next(source.sender(), delivery.arrivedMillis());
        Message empty = new Message(delivery, source, Message.Timing.BY_DEVICE, List.of(), List.of());
        // one that comes again was counted the first time
        if (!delivery.redelivered() && !allowances.admits(source.tenant(), delivery.arrivedMillis())) {
            return overLimit(empty);
        }
        return interpret(empty, receivedAt, () -> timing(delivery, unheard));
    }

    /**
     * Reads a message that was held, once more.
     *
     * @param receivedAt the place that it was given when it was read the first time
     */
    public Message readHeld(Delivery delivery, long receivedAt) {
        return interpret(
                new Message(
                        delivery, sources.get(delivery.routingKey()), Message.Timing.BY_DEVICE, List.of(), List.of()),
                receivedAt,
                () -> Message.Timing.BY_DEVICE);
    }

    private Message interpret(Message empty, long receivedAt, Supplier<Message.Timing> timingByArrival) {
        Delivery delivery = empty.delivery();
        Source source = empty.source();
        StreamName stream = source.stream();
        if (stream == null) {
            return empty.refused(
                    Reason.INVALID_STREAM, "A stream is one topic level of 1 to 64 letters, digits, _ and -.");
        }
        if (!MediaType.isJson(delivery.contentType())) {
            return empty.refused(
                    Reason.UNSUPPORTED_CONTENT_TYPE, "The body of a telemetry message is application/json.");
        }
        Contents<Reading> body =
                json.read(delivery.body(), delivery.arrivedMillis(), allowances.retention(source.tenant(), retention));
        List<Measurement> measurements = new ArrayList<>(body.readings().size());
        Message.Timing timing = Message.Timing.BY_DEVICE;
        for (Reading reading : body.readings()) {
            if (reading.isTimedByArrival()) {
                timing = timingByArrival.get();
            }
            measurements.add(measurement(stream, reading, receivedAt));
        }
        return new Message(delivery, source, timing, measurements, body.refusals());
    }

    /** Refuses a message; of a device that floods, the first in each window stands for the others. */
    private Message overLimit(Message message) {
        long window = Allowances.window(message.delivery().arrivedMillis());
        Long before = lastOverLimit.asMap().put(message.source().sender(), window);
        return before != null && before == window
                ? message
                : message.refused(
                        Reason.TENANT_RATE,
                        "The tenant's devices send more than they may; nothing is stored of this message, nor of others that"
                                + " are too many in these " + Allowances.WINDOW.toSeconds() + " seconds.");
    }

    private Message.Timing timing(Delivery delivery, boolean unheard) {
        if (delivery.redelivered()) {
            return Message.Timing.BY_ARRIVAL_PERHAPS_STORED;
        }
        return unheard && delivery.arrivedMillis() < sinceMillis + CLOCK_SKEW_MILLIS
                ? Message.Timing.BY_ARRIVAL_BESIDE_OTHERS
                : Message.Timing.BY_ARRIVAL;
    }

    private Measurement measurement(StreamName stream, Reading reading, long receivedAt) {
        boolean numbered = reading.seq() != Reading.UNNUMBERED;
        return new Measurement(
                stream,
                reading.isTimedByArrival() ? receivedAt : reading.ts(),
                numbered ? reading.seq() : hash(reading.values()),
                numbered,
                receivedAt,
                reading.values());
    }

    private long hash(String values) {
        return ByteBuffer.wrap(digest.digest(values.getBytes(StandardCharsets.UTF_8)))
                        .getLong()
                & Long.MAX_VALUE;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
