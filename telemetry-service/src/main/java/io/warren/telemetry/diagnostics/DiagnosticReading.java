package io.warren.telemetry.diagnostics;

import io.warren.contracts.device.DeviceTopics.UpTopic;
import io.warren.telemetry.body.Contents;
import io.warren.telemetry.body.DeviceEvent;
import io.warren.telemetry.body.EventBody;
import io.warren.telemetry.body.LogBody;
import io.warren.telemetry.body.LogLine;
import io.warren.telemetry.body.MediaType;
import io.warren.telemetry.body.Reading;
import io.warren.telemetry.body.Reason;
import io.warren.telemetry.tenant.Allowances;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Turns messages into what is to be stored. The same message, delivered again, gives the same; so does what a device sends again
 * with the times that it had given it.
 */
@Component
class DiagnosticReading {

    static final String LOGS = "logs";
    static final String EVENTS = "events";

    private static final String OTHERS =
            "; nothing is stored of this message, nor of others that are too many in these "
                    + DeviceRates.WINDOW.toMinutes() + " minutes.";

    private final DiagnosticProperties properties;
    private final Allowances allowances;
    private final DeviceRates rates;

    DiagnosticReading(DiagnosticProperties properties, Allowances allowances, DeviceRates rates) {
        this.properties = properties;
        this.allowances = allowances;
        this.rates = rates;
    }

    /**
     * Reads a message.
     *
     * @param again whether it may have been delivered, and counted, before
     */
    DiagnosticMessage read(
            UpTopic topic, @Nullable String contentType, long arrivedMillis, byte[] body, boolean again) {
        DiagnosticMessage empty = new DiagnosticMessage(
                topic, arrivedMillis, body, topic.address().device().value(), List.of(), List.of(), List.of(), null);
        if (!again && !allowances.admits(empty.tenant(), arrivedMillis)) {
            return rates.isFirst(empty, Reason.TENANT_RATE)
                    ? empty.refused(Reason.TENANT_RATE, "The tenant's devices send more than they may" + OTHERS)
                    : empty;
        }
        if (!MediaType.isJson(contentType)) {
            return empty.refused(Reason.UNSUPPORTED_CONTENT_TYPE, "The body of this message is application/json.");
        }
        return topic.path().getFirst().equals(LOGS) ? logs(empty, again) : event(empty, again);
    }

    private DiagnosticMessage logs(DiagnosticMessage message, boolean again) {
        Contents<LogLine> contents = LogBody.read(
                message.body(), message.arrivedMillis(), retention(message.tenant(), properties.logRetention()));
        int lines = contents.readings().size();
        if (!again && !rates.admit(message, LOGS, lines)) {
            return beyondRate(message);
        }
        List<LogEntry> entries = new ArrayList<>(lines);
        Map<LogLine, Integer> said = new HashMap<>();
        for (LogLine line : contents.readings()) {
            int times = said.merge(line, 1, Integer::sum);
            entries.add(new LogEntry(
                    message.tenant(),
                    message.sender(),
                    ts(line.ts(), message),
                    hash(line.level().wireName(), line.message(), times),
                    line,
                    message.arrivedMillis()));
        }
        return new DiagnosticMessage(
                message.topic(),
                message.arrivedMillis(),
                message.body(),
                message.sender(),
                entries,
                List.of(),
                contents.refusals(),
                null);
    }

    private DiagnosticMessage event(DiagnosticMessage message, boolean again) {
        List<String> path = message.topic().path();
        String type = path.size() == 2 ? path.getLast() : "";
        if (!EventType.isValid(type)) {
            return message.refused(
                    Reason.INVALID_TYPE, "A type of event is one topic level of 1 to 64 letters, digits, _ and -.");
        }
        Contents<DeviceEvent> contents = EventBody.read(
                message.body(), message.arrivedMillis(), retention(message.tenant(), properties.eventRetention()));
        if (!again && !rates.admit(message, EVENTS, 1)) {
            return beyondRate(message);
        }
        return new DiagnosticMessage(
                message.topic(),
                message.arrivedMillis(),
                message.body(),
                message.sender(),
                List.of(),
                contents.readings().stream()
                        .map(event -> new EventEntry(
                                message.tenant(),
                                message.sender(),
                                ts(event.ts(), message),
                                hash(type, event.severity().wireName() + event.data(), 1),
                                type,
                                event,
                                message.arrivedMillis()))
                        .toList(),
                contents.refusals(),
                null);
    }

    /** Of a device that floods, the first in each window stands for the others. */
    private DiagnosticMessage beyondRate(DiagnosticMessage message) {
        return rates.isFirst(message, Reason.DEVICE_RATE)
                ? message.refused(Reason.DEVICE_RATE, "The device sends more than a device may" + OTHERS)
                : message;
    }

    private Duration retention(String tenant, Duration usual) {
        return allowances.retention(tenant, usual);
    }

    private static long ts(long given, DiagnosticMessage message) {
        return given == Reading.AT_ARRIVAL ? message.arrivedMillis() * 1000 : given;
    }

    private static long hash(String kind, String text, int times) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest((kind + '\n' + times + '\n' + text).getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(digest).getLong() & Long.MAX_VALUE;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
