package io.warren.contracts.telemetry;

import java.time.Instant;
import java.time.LocalDate;

/**
 * What a tenant's devices have sent on a day so far. Numbers only grow: of two events of a day the one with more messages is newer.
 *
 * @param tenant the tenant's name
 * @param day the day in UTC on which the messages arrived
 * @param messages how many messages arrived: telemetry, logs and events
 * @param measurements how many measurements were in them
 * @param refused how many of the messages had nothing in them that could be stored
 * @param bytes how long their bodies were in all
 * @param at when this was counted
 */
public record UsageEvent(
        String tenant, LocalDate day, long messages, long measurements, long refused, long bytes, Instant at) {

    /** Routing key and AMQP type of the event, which comes once a minute at most for each tenant and day. */
    public static final String COUNTED = "usage.counted.v1";
}
