package io.warren.telemetry.body;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads an event: an object with {@code data} and, if the device gives them, {@code ts} and {@code severity}. */
public final class EventBody {

    /** How long the data of an event may be as it is written, in bytes of UTF-8. */
    public static final int MAX_DATA = 32 * 1024;

    private static final int MAX_DEPTH = 16;

    private EventBody() {}

    /**
     * Reads a body.
     *
     * @param arrivedMillis when the broker received it, in milliseconds since 1970-01-01T00:00Z
     * @param retention for how long the event would be kept; an older one is refused
     */
    public static Contents<DeviceEvent> read(byte[] body, long arrivedMillis, Duration retention) {
        Times times = new Times(arrivedMillis, retention);
        return JsonDocument.read(body, json -> {
            if (json.currentToken() != JsonToken.START_OBJECT) {
                throw new Unacceptable(Reason.MALFORMED, "The body of an event is an object.");
            }
            return new Members(body, times).read(json);
        });
    }

    /** The members of the object at whose beginning the parser is; the first that is wrong spoils all. */
    private static final class Members {

        private final byte[] body;
        private final Times times;
        private long ts = Reading.AT_ARRIVAL;
        private Severity severity = Severity.INFO;
        private @Nullable String data;

        Members(byte[] body, Times times) {
            this.body = body;
            this.times = times;
        }

        Contents<DeviceEvent> read(JsonParser json) throws Unacceptable {
            while (json.nextToken() != JsonToken.END_OBJECT) {
                String name = json.currentName();
                json.nextToken();
                read(name, json);
            }
            if (data == null) {
                throw new Unacceptable(Reason.EMPTY, "The data are missing.");
            }
            return new Contents<>(List.of(new DeviceEvent(ts, severity, data)), List.of());
        }

        private void read(String name, JsonParser json) throws Unacceptable {
            switch (name) {
                case "ts" -> ts = times.read(json);
                case "severity" ->
                    severity = Severity.of(json.currentToken() == JsonToken.VALUE_STRING ? json.getString() : "")
                            .orElseThrow(() -> new Unacceptable(
                                    Reason.INVALID_LEVEL, "A severity is one of " + Severity.names() + "."));
                case "data" -> data = data(json);
                default -> throw new Unacceptable(Reason.MALFORMED, "Beside ts, severity and data there is nothing.");
            }
        }

        private String data(JsonParser json) throws Unacceptable {
            if (json.currentToken() != JsonToken.START_OBJECT) {
                throw new Unacceptable(Reason.INVALID_VALUE, "The data of an event are an object.");
            }
            int from = offset(json);
            Values.checkTree(json, MAX_DEPTH);
            int to = offset(json) + 1;
            if (to - from > MAX_DATA) {
                throw new Unacceptable(
                        Reason.INVALID_VALUE, "The data of an event have at most " + MAX_DATA + " bytes.");
            }
            return new String(body, from, to - from, StandardCharsets.UTF_8);
        }

        private static int offset(JsonParser json) {
            return (int) json.currentTokenLocation().getByteOffset();
        }
    }
}
