package io.warren.contracts.provisioning;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A device that bootstraps got somewhere: {@code registration.registered.v1}, {@code registration.pending.v1},
 * {@code registration.assigned.v1} and {@code registration.refused.v1} on {@link #EXCHANGE}. A device that repeats its request and
 * gets the same answer causes no event.
 *
 * @param tenant the tenant under which the device registers
 * @param registration the id of the registration
 * @param version grows with each change of this registration
 * @param registrationId what the device calls itself
 * @param device what it is called here
 * @param group the enrolment group that it came through; absent for an individual enrolment, and for a proof that led nowhere
 * @param enrollment the individual enrolment that it came through
 * @param reason why it was refused
 * @param at when that was
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RegistrationEvent(
        String tenant,
        UUID registration,
        long version,
        String registrationId,
        String device,
        @Nullable String group,
        @Nullable String enrollment,
        @Nullable String reason,
        Instant at) {

    /** The exchange of all events of provisioning. */
    public static final String EXCHANGE = EnrollmentEvent.EXCHANGE;

    /** Routing key and AMQP type of the event for a device that has got its identity, for the first time or anew. */
    public static final String REGISTERED = "registration.registered.v1";

    /** Routing key and AMQP type of the event for a device that has to wait until somebody agrees. */
    public static final String PENDING = "registration.pending.v1";

    /** Routing key and AMQP type of the event for a device that was sent to another installation. */
    public static final String ASSIGNED = "registration.assigned.v1";

    /** Routing key and AMQP type of the event for a device that was turned away. */
    public static final String REFUSED = "registration.refused.v1";
}
