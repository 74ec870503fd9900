package io.warren.endtoend;

import java.time.Instant;
import tools.jackson.databind.JsonNode;

/** A stored measurement as REST tells it; {@code seq} is -1 where the device gave none. */
record Measurement(Instant ts, String stream, long seq, JsonNode values, Instant receivedAt) {

    static Measurement of(JsonNode item) {
        return new Measurement(
                Instant.parse(item.get("ts").stringValue()),
                item.get("stream").stringValue(),
                item.path("seq").asLong(-1),
                item.get("values"),
                Instant.parse(item.get("receivedAt").stringValue()));
    }
}
