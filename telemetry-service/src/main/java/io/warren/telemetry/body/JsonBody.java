package io.warren.telemetry.body;

import java.time.Duration;
import java.util.List;
import tools.jackson.core.JsonParser;

/**
 * Reads the three JSON forms of device protocol, version 1: the values alone, a measurement with its time, an array of up to
 * {@value #MAX_BATCH} of the latter. A body that is not JSON (RFC 8259) in UTF-8 is refused as a whole; in an array that is, each
 * element is stored or refused on its own.
 */
public final class JsonBody {

    /** The most elements of a batch. */
    public static final int MAX_BATCH = JsonDocument.MAX_BATCH;

    /**
     * Reads a body.
     *
     * @param arrivedMillis when the broker received it, in milliseconds since 1970-01-01T00:00Z
     * @param retention for how long its measurements would be kept; older ones are refused
     */
    public Contents<Reading> read(byte[] body, long arrivedMillis, Duration retention) {
        Times times = new Times(arrivedMillis, retention);
        return JsonDocument.read(body, json -> switch (json.currentToken()) {
            case START_OBJECT -> readOne(new Element(json, body, times));
            case START_ARRAY -> readBatch(json, body, times);
            default -> throw new Unacceptable(Reason.MALFORMED, "The body is neither an object nor an array.");
        });
    }

    private static Contents<Reading> readOne(Element element) {
        Fault fault = element.isTimed() ? element.faultWhenTimed() : element.faultWhenBare();
        return fault == null
                ? new Contents<>(List.of(element.isTimed() ? element.timed() : element.bare()), List.of())
                : Contents.refused(element.refusal(fault, ""));
    }

    /** In a batch each element says its own time: that of the batch's arrival would be wrong for all but the last. */
    private static Contents<Reading> readBatch(JsonParser json, byte[] body, Times times) throws Unacceptable {
        return JsonDocument.readBatch(json, body, (pointer, readings, refusals) -> {
            Element element = new Element(json, body, times);
            Fault fault = element.faultWhenTimed();
            if (fault == null) {
                readings.add(element.timed());
            } else {
                refusals.add(() -> element.refusal(fault, pointer));
            }
        });
    }
}
