package io.warren.telemetry.body;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads lines of a log: an array of up to 1,000 objects with {@code ts}, {@code level} and {@code message}, or one of them. Each is
 * taken or refused on its own.
 */
public final class LogBody {

    private LogBody() {}

    /**
     * Reads a body.
     *
     * @param arrivedMillis when the broker received it, in milliseconds since 1970-01-01T00:00Z
     * @param retention for how long its lines would be kept; older ones are refused
     */
    public static Contents<LogLine> read(byte[] body, long arrivedMillis, Duration retention) {
        Times times = new Times(arrivedMillis, retention);
        return JsonDocument.read(body, json -> switch (json.currentToken()) {
            case START_ARRAY ->
                JsonDocument.readBatch(json, body, (pointer, lines, refusals) -> {
                    Line line = new Line(json, times);
                    Fault fault = line.fault();
                    if (fault == null) {
                        lines.add(line.read());
                    } else {
                        refusals.add(() -> Refusal.part(
                                fault.reason(), fault.detail(), pointer + fault.pointer(), body, line.from, line.to));
                    }
                });
            case START_OBJECT -> {
                Line line = new Line(json, times);
                Fault fault = line.fault();
                yield fault == null
                        ? new Contents<>(List.of(line.read()), List.of())
                        : Contents.refused(Refusal.part(
                                fault.reason(), fault.detail(), fault.pointer(), body, line.from, line.to));
            }
            default -> throw new Unacceptable(Reason.MALFORMED, "The body is neither an array nor an object.");
        });
    }

    /** One object, read to its end whatever is wrong with it. */
    private static final class Line {

        private final int from;
        private final int to;
        private long ts = Reading.AT_ARRIVAL;
        private LogLevel level = LogLevel.INFO;
        private @Nullable String message;
        private @Nullable Fault fault;

        Line(JsonParser json, Times times) {
            from = offset(json);
            while (json.nextToken() != JsonToken.END_OBJECT) {
                String name = json.currentName();
                json.nextToken();
                try {
                    read(name, json, times);
                } catch (Unacceptable e) {
                    fault = fault == null ? e.at(name) : fault;
                }
                json.skipChildren();
            }
            to = offset(json) + 1;
        }

        private void read(String name, JsonParser json, Times times) throws Unacceptable {
            switch (name) {
                case "ts" -> ts = times.read(json);
                case "level" ->
                    level = LogLevel.of(text(json, Reason.INVALID_LEVEL))
                            .orElseThrow(() -> new Unacceptable(
                                    Reason.INVALID_LEVEL, "A level is one of " + LogLevel.names() + "."));
                case "message" -> {
                    message = text(json, Reason.INVALID_VALUE);
                    Values.checkPairs(message);
                }
                default -> throw new Unacceptable(Reason.MALFORMED, "Beside ts, level and message there is nothing.");
            }
        }

        private static String text(JsonParser json, Reason reason) throws Unacceptable {
            if (json.currentToken() != JsonToken.VALUE_STRING) {
                throw new Unacceptable(reason, "It is a text.");
            }
            return json.getString();
        }

        @Nullable
        Fault fault() {
            return fault == null && message == null
                    ? Fault.at("message", Reason.EMPTY, "The message is missing.")
                    : fault;
        }

        LogLine read() {
            String text = Objects.requireNonNull(message);
            String kept = beginning(text);
            return new LogLine(ts, level, kept, kept.length() < text.length());
        }

        /** As much of a text as is kept, in whole characters. */
        private static String beginning(String text) {
            if (text.length() <= LogLine.MAX_MESSAGE / 3) {
                return text;
            }
            byte[] bytes = text.getBytes(UTF_8);
            if (bytes.length <= LogLine.MAX_MESSAGE) {
                return text;
            }
            int end = LogLine.MAX_MESSAGE;
            while ((bytes[end] & 0xC0) == 0x80) {
                end--;
            }
            return new String(bytes, 0, end, UTF_8);
        }

        private static int offset(JsonParser json) {
            return (int) json.currentTokenLocation().getByteOffset();
        }
    }
}
