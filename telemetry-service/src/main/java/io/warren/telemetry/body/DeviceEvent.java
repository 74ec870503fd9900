package io.warren.telemetry.body;

/**
 * Something that a device says has happened.
 *
 * @param ts its time in microseconds since 1970-01-01T00:00Z, or {@link Reading#AT_ARRIVAL}
 * @param severity how grave it is
 * @param data a JSON object, as the device wrote it
 */
public record DeviceEvent(long ts, Severity severity, String data) {}
