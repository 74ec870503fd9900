package io.warren.telemetry.ingest;

import io.warren.telemetry.activity.HeardDevices;
import io.warren.telemetry.held.HeldMessage;
import io.warren.telemetry.held.HeldMessages;
import io.warren.telemetry.held.HeldMessages.Due;
import io.warren.telemetry.message.Delivery;
import io.warren.telemetry.message.Message;
import io.warren.telemetry.message.MessageReading;
import io.warren.telemetry.message.MessageReadings;
import io.warren.telemetry.message.Source;
import io.warren.telemetry.rejection.DeviceNotices;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Stores telemetry that was held as soon as its device is known behind the gateway, and refuses it when it will not be. */
@Component
class HeldTelemetry {

    private final HeldMessages held;
    private final MessageReadings readings;
    private final HeldStorage storage;
    private final DeviceNotices notices;
    private final HeardDevices heard;

    HeldTelemetry(
            HeldMessages held,
            MessageReadings readings,
            HeldStorage storage,
            DeviceNotices notices,
            HeardDevices heard) {
        this.held = held;
        this.readings = readings;
        this.storage = storage;
        this.notices = notices;
        this.heard = heard;
    }

    @Scheduled(initialDelay = 2_000, fixedDelay = 2_000)
    void release() {
        MessageReading reading = readings.begin();
        held.release(HeldMessage.Kind.TELEMETRY, due -> release(due, reading));
    }

    private void release(Due due, MessageReading reading) {
        HeldMessage waited = due.message();
        Message read = reading.readHeld(
                new Delivery(
                        "", 0, true, waited.routingKey(), waited.contentType(), waited.arrivedMillis(), waited.body()),
                waited.receivedAt());
        Message message = due.confirmed()
                ? read
                : read.refusedOf(
                        new Source.Device(waited.tenant(), waited.gateway()),
                        "The device " + waited.device() + " does not sit behind this one.");
        if (storage.store(due, message)) {
            notices.tell(waited.tenant(), waited.gateway(), message.source().topic(), message.refusals());
            heard.note(waited.tenant(), message.source().device(), waited.arrivedMillis());
        }
    }
}
