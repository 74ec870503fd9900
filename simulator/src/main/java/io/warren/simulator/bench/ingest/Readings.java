package io.warren.simulator.bench.ingest;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.warren.simulator.mqtt.Traffic;
import java.nio.ByteBuffer;
import java.time.InstantSource;

/** Three-key measurements in form 2 of the device protocol, about 100 bytes each, counted from 1. */
final class Readings implements Traffic {

    private final byte[] topic;
    private final InstantSource clock;
    private long seq;

    Readings(String tenant, String device, String stream, InstantSource clock) {
        this.topic =
                "v1/%s/%s/up/telemetry/%s".formatted(tenant, device, stream).getBytes(US_ASCII);
        this.clock = clock;
    }

    /** The messages made so far; the last one's {@code seq}. */
    long count() {
        return seq;
    }

    @Override
    public byte[] topic() {
        return topic;
    }

    @Override
    public void next(ByteBuffer body) {
        seq++;
        put(body, "{\"ts\":");
        put(body, Long.toString(clock.millis()));
        put(body, ",\"seq\":");
        put(body, Long.toString(seq));
        put(body, ",\"values\":{\"temperature\":");
        put(body, Double.toString(15 + seq % 97 / 8.0));
        put(body, ",\"humidity\":");
        put(body, Double.toString(40 + seq % 53 / 4.0));
        put(body, ",\"pressure\":");
        put(body, Long.toString(990 + seq % 31));
        put(body, "}}");
    }

    private static void put(ByteBuffer body, String text) {
        body.put(text.getBytes(US_ASCII));
    }
}
