package io.warren.telemetry.diagnostics;

import io.warren.contracts.device.DeviceTopics.UpTopic;
import io.warren.telemetry.body.Reason;
import io.warren.telemetry.body.Refusal;
import io.warren.telemetry.held.HeldMessage;
import io.warren.telemetry.rejection.Rejection;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A message that has been read.
 *
 * @param topic whom it is from and what it is about
 * @param arrivedMillis when the broker received it, in milliseconds since 1970-01-01T00:00Z
 * @param body as it came
 * @param sender who is told of a refusal: the device, unless it turns out that the gateway device does not speak for it
 * @param lines lines of a log
 * @param events events
 * @param refusals what is not stored
 * @param waiting the message as it is kept, if it waits until it is known that the gateway device speaks for the device
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record DiagnosticMessage(
        UpTopic topic,
        long arrivedMillis,
        byte[] body,
        String sender,
        List<LogEntry> lines,
        List<EventEntry> events,
        List<Refusal> refusals,
        @Nullable HeldMessage waiting) {

    String tenant() {
        return topic.address().tenant().value();
    }

    /** The device that keeps the connection on which it came. */
    String connection() {
        return topic.sender().device().value();
    }

    boolean isEmpty() {
        return lines.isEmpty() && events.isEmpty();
    }

    /** The same message with nothing of it stored. */
    DiagnosticMessage refused(Reason reason, String detail) {
        return new DiagnosticMessage(
                topic,
                arrivedMillis,
                body,
                sender,
                List.of(),
                List.of(),
                List.of(Refusal.of(reason, detail, body)),
                null);
    }

    /** The same message with nothing of it stored, because its sender does not speak for the device that it names. */
    DiagnosticMessage refusedOfGateway() {
        return ofGateway()
                .refused(
                        Reason.NOT_BEHIND_GATEWAY,
                        "The device " + topic.address().device() + " does not sit behind this one.");
    }

    /** The same message with nothing in it, as the sender's own: the device that it names has nothing to do with it. */
    DiagnosticMessage ofGateway() {
        return new DiagnosticMessage(topic, arrivedMillis, body, connection(), List.of(), List.of(), List.of(), null);
    }

    /** The same message with nothing of it stored for now. */
    DiagnosticMessage asWaiting(HeldMessage kept) {
        return new DiagnosticMessage(topic, arrivedMillis, body, connection(), List.of(), List.of(), List.of(), kept);
    }

    /** What is kept of it while it waits. */
    HeldMessage asHeld() {
        return new HeldMessage(
                HeldMessage.Kind.DIAGNOSTIC,
                tenant(),
                connection(),
                topic.address().device().value(),
                topic.route().up(topic.path().toArray(String[]::new)),
                null,
                arrivedMillis,
                arrivedMillis * 1000,
                body);
    }

    /** What is refused of it, as it is kept. */
    Stream<Rejection> rejections() {
        return refusals.stream()
                .map(refusal -> new Rejection(tenant(), sender, topic.asMqtt(), arrivedMillis, refusal));
    }
}
