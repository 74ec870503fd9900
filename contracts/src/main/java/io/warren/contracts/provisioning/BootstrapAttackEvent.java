package io.warren.contracts.provisioning;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Somebody tries proofs that are none, again and again: {@code bootstrap.attacked.v1} on {@code provisioning.events}, for a tenant once a
 * minute at the most. Either an address is turned away for a while, or a group or enrolment, or the tenant's claim tokens, are tried
 * from many addresses, each of which has less room for a while.
 *
 * @param tenant the tenant that was tried last
 * @param group the enrolment group that is tried; absent if none is, or none that there is
 * @param enrollment the enrolment that is tried; absent if none is, or none that there is
 * @param address the network address that is turned away, or the /64 network of an IPv6 address; absent if it is many
 * @param failures how many failures led to it
 * @param until until when it lasts
 * @param at when it began
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BootstrapAttackEvent(
        String tenant,
        @Nullable String group,
        @Nullable String enrollment,
        @Nullable String address,
        int failures,
        Instant until,
        Instant at) {

    /** Routing key and AMQP type of the event. */
    public static final String TYPE = "bootstrap.attacked.v1";
}
