package io.warren.telemetry.message;

import io.warren.telemetry.measurement.MeasurementProperties;
import io.warren.telemetry.tenant.Allowances;
import java.time.Clock;
import org.springframework.stereotype.Component;

/** Begins readings, by what tenants may send and for how long measurements are kept. */
@Component
public class MessageReadings {

    private final MeasurementProperties measurements;
    private final Allowances allowances;
    private final Clock clock;

    MessageReadings(MeasurementProperties measurements, Allowances allowances, Clock clock) {
        this.measurements = measurements;
        this.allowances = allowances;
        this.clock = clock;
    }

    /** A reading of what a session gets from now on. */
    public MessageReading begin() {
        return new MessageReading(allowances, measurements.retention(), clock.millis());
    }
}
