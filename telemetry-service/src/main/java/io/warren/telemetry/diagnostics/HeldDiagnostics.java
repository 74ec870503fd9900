package io.warren.telemetry.diagnostics;

import io.warren.contracts.device.DeviceTopics;
import io.warren.telemetry.held.HeldMessage;
import io.warren.telemetry.held.HeldMessages;
import io.warren.telemetry.held.HeldMessages.Due;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Stores logs and events that were held as soon as their device is known behind the gateway, and refuses them when it will not be. */
@Component
class HeldDiagnostics {

    private final HeldMessages held;
    private final DiagnosticReading reading;
    private final DiagnosticIntake intake;

    HeldDiagnostics(HeldMessages held, DiagnosticReading reading, DiagnosticIntake intake) {
        this.held = held;
        this.reading = reading;
        this.intake = intake;
    }

    @Scheduled(initialDelay = 2_000, fixedDelay = 2_000)
    void release() {
        held.release(HeldMessage.Kind.DIAGNOSTIC, this::release);
    }

    private void release(Due due) {
        HeldMessage waited = due.message();
        intake.takeHeld(
                due,
                reading.read(
                        DeviceTopics.parseUp(waited.routingKey()).orElseThrow(),
                        waited.contentType(),
                        waited.arrivedMillis(),
                        waited.body(),
                        true));
    }
}
