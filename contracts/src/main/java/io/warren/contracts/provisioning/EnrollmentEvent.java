package io.warren.contracts.provisioning;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An enrolment was made, admitted its device or was revoked: {@code enrollment.created.v1}, {@code enrollment.claimed.v1} and
 * {@code enrollment.revoked.v1} on {@link #EXCHANGE}.
 *
 * @param tenant the tenant that owns the enrolment
 * @param enrollment the enrolment's id in that tenant
 * @param version grows with each change of this enrolment
 * @param device the device that it admitted, once it has
 * @param deviceType the type that a device admitted by it gets, if it says so
 * @param at when the change was made
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EnrollmentEvent(
        String tenant,
        String enrollment,
        long version,
        @Nullable String device,
        @Nullable String deviceType,
        Instant at) {

    /** The exchange of all events of provisioning. */
    public static final String EXCHANGE = "provisioning.events";

    /** Routing key and AMQP type of the event for a new enrolment. */
    public static final String CREATED = "enrollment.created.v1";

    /** Routing key and AMQP type of the event for an enrolment that admitted its device. */
    public static final String CLAIMED = "enrollment.claimed.v1";

    /** Routing key and AMQP type of the event for an enrolment that admits nobody any more. */
    public static final String REVOKED = "enrollment.revoked.v1";
}
