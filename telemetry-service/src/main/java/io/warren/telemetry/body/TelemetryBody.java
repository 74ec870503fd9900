package io.warren.telemetry.body;

import java.util.List;

/**
 * What a message holds: what is good in it and what is not.
 *
 * @param readings the measurements, in the device's order
 * @param refusals what is refused; in a batch, element by element as far as they are named
 */
public record TelemetryBody(List<Reading> readings, List<Refusal> refusals) {

    static TelemetryBody refused(Refusal refusal) {
        return new TelemetryBody(List.of(), List.of(refusal));
    }
}
