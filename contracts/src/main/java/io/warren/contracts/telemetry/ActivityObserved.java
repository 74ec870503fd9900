package io.warren.contracts.telemetry;

import java.time.Instant;
import java.util.List;

/**
 * Devices of which something has arrived since this was told last: of each, when the newest of it did. It is told as well as it
 * goes, from memory and without the outbox: what a crash or a broker that is away takes with it is told again as soon as the device
 * is heard again. It may come late, twice and out of order, so of two times of a device the later counts.
 *
 * @param devices at most {@value #MOST_DEVICES}, of any tenants, each once
 */
public record ActivityObserved(List<Activity> devices) {

    /** Routing key and AMQP type of the event. */
    public static final String OBSERVED = "activity.observed.v1";

    /** How many devices one event tells of at the most. */
    public static final int MOST_DEVICES = 1_000;

    /**
     * A device that was heard of: it sent something, or a gateway device that may speak for it did, or it is that gateway.
     *
     * @param tenant the tenant's name
     * @param device the device's id
     * @param at when the broker received the newest of it
     */
    public record Activity(String tenant, String device, Instant at) {}
}
