package io.warren.registry.timeline;

import io.warren.contracts.device.DeviceAddress;
import java.time.Instant;
import java.util.List;

/**
 * Something happened to a device that other services are not told of: said inside the transaction in which it happens, for the
 * device's timeline. What is an event of the outbox comes into the timeline by itself.
 *
 * @param address the device
 * @param at when it happened
 * @param kind what it is about: {@code command}
 * @param event what happened: {@code queued}
 * @param details what else is worth knowing, written as a JSON object; never a secret
 */
public record Happened(DeviceAddress address, Instant at, String kind, String event, Object details) {

    /**
     * The same of many devices at once.
     *
     * @param all in the order in which it happened; none is fine
     */
    public record ToMany(List<Happened> all) {}
}
