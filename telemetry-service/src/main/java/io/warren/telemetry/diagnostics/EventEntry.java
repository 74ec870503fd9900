package io.warren.telemetry.diagnostics;

import io.warren.telemetry.body.DeviceEvent;

/**
 * An event of a device as it is stored.
 *
 * @param ts its time, in microseconds since 1970-01-01T00:00Z
 * @param key tells it apart from others of the same device and time
 * @param receivedMillis when the broker received it, in milliseconds since 1970-01-01T00:00Z
 */
record EventEntry(
        String tenant, String device, long ts, long key, String type, DeviceEvent event, long receivedMillis) {}
