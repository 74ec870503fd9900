package io.warren.telemetry.message;

import io.warren.telemetry.body.Reason;
import io.warren.telemetry.body.Refusal;
import io.warren.telemetry.held.HeldMessage;
import io.warren.telemetry.measurement.Measurement;
import io.warren.telemetry.measurement.StreamName;
import io.warren.telemetry.rejection.Rejection;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A delivery that has been read.
 *
 * @param delivery the delivery
 * @param source whom it is from
 * @param timing how its measurements are told from those of a delivery before
 * @param measurements what is to be stored
 * @param refusals what is not
 * @param held whether it waits until it is known that the gateway device speaks for the device that it names
 */
public record Message(
        Delivery delivery,
        Source source,
        Timing timing,
        List<Measurement> measurements,
        List<Refusal> refusals,
        boolean held) {

    /** A message that does not wait. */
    public Message(
            Delivery delivery, Source source, Timing timing, List<Measurement> measurements, List<Refusal> refusals) {
        this(delivery, source, timing, measurements, refusals, false);
    }

    /** How a measurement that is delivered twice is recognised. */
    public enum Timing {
        /** It carries its own time, or has been settled: the primary key sees to it. */
        BY_DEVICE,
        /** Its time is that of its arrival, and nothing that arrived with it was stored by anybody before. */
        BY_ARRIVAL,
        /** The same, but others may have been stored in that millisecond by a reader before this one. */
        BY_ARRIVAL_BESIDE_OTHERS,
        /** The same, and it may itself be among them. */
        BY_ARRIVAL_PERHAPS_STORED
    }

    /** The same message with nothing of it stored. */
    public Message refused(Reason reason, String detail) {
        return new Message(
                delivery, source, Timing.BY_DEVICE, List.of(), List.of(Refusal.of(reason, detail, delivery.body())));
    }

    /** The same message with nothing of it stored, because its sender does not speak for the device that it names. */
    public Message refusedOf(Source.Device sender, String detail) {
        return nothingOf(sender).refused(Reason.NOT_BEHIND_GATEWAY, detail);
    }

    /** The same message with nothing in it, as the sender's own: the device that it names has nothing to do with it. */
    public Message nothingOf(Source.Device sender) {
        Source own = new Source(sender.tenant(), sender.device(), null, source.topic(), null);
        return new Message(delivery, own, Timing.BY_DEVICE, List.of(), List.of());
    }

    /** The same message, which waits or does not. */
    public Message held(boolean waits) {
        return waits == held ? this : new Message(delivery, source, timing, measurements, refusals, waits);
    }

    /** What is kept of it while it waits. */
    public HeldMessage asHeld() {
        return new HeldMessage(
                HeldMessage.Kind.TELEMETRY,
                source.tenant(),
                source.connection().device(),
                source.device(),
                delivery.routingKey(),
                delivery.contentType(),
                delivery.arrivedMillis(),
                measurements.getFirst().receivedAt(),
                delivery.body());
    }

    /** The same message with the measurements that are to be stored of it, each at its time for good. */
    Message settled(List<Measurement> settled) {
        return new Message(delivery, source, Timing.BY_DEVICE, settled, refusals);
    }

    /** The same message, refused if its stream is among those that cannot be stored. */
    public Message withoutStreams(Set<StreamName> tooMany) {
        return source.stream() != null && tooMany.contains(source.stream())
                ? refused(Reason.TOO_MANY_STREAMS, "The device has as many streams as a device may have.")
                : this;
    }

    /** What is refused of it, as it is kept. */
    public Stream<Rejection> rejections() {
        return refusals.stream()
                .map(refusal -> new Rejection(
                        source.tenant(), source.device(), source.topic(), delivery.arrivedMillis(), refusal));
    }
}
