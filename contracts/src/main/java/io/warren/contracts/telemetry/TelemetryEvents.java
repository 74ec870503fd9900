package io.warren.contracts.telemetry;

/** Where the telemetry service publishes its events. The routing key of an event is its type. */
public final class TelemetryEvents {

    /** The topic exchange of all events in this package. */
    public static final String EXCHANGE = "telemetry.events";

    private TelemetryEvents() {}
}
