package io.warren.contracts.registry;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * After too many failed sign-ins somebody is turned away for a while: {@code signin.locked.v1} on {@code registry.events}, once for
 * each lock-out. With a device, it is that device at that network address only; without, whoever comes from there and was not let
 * in from there before.
 *
 * @param tenant the tenant that owns the device; absent without a device
 * @param device the device that is tried; absent for a lock-out of the address
 * @param address the network address, or the /64 network of an IPv6 address
 * @param failures how many failures led to it
 * @param until until when it lasts
 * @param at when it began
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LockoutEvent(
        @Nullable String tenant, @Nullable String device, String address, int failures, Instant until, Instant at) {

    /** Routing key and AMQP type of the event. */
    public static final String TYPE = "signin.locked.v1";
}
