package io.warren.contracts.firmware;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The update of one device began, went on or ended: {@code deployment.created.v1}, {@code deployment.progressed.v1} and
 * {@code deployment.ended.v1} on {@link #EXCHANGE}. It carries the whole deployment as it is after the change.
 *
 * @param tenant the tenant that owns the device
 * @param deployment the deployment's id, a UUID
 * @param version grows with each change of this deployment
 * @param device the device that is updated
 * @param release the release that it is to run
 * @param status pending, sent, accepted, downloading, downloaded, installing, rebooting, succeeded, failed, rejected or
 *     cancelled
 * @param detail what the device says about it
 * @param name what the release is called, when the deployment has ended
 * @param semanticVersion which version of it the release is, when the deployment has ended
 * @param at when the change was made
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DeploymentEvent(
        String tenant,
        String deployment,
        long version,
        String device,
        String release,
        String status,
        @Nullable String detail,
        @Nullable String name,
        @Nullable String semanticVersion,
        Instant at) {

    /** The exchange of all events of firmware. */
    public static final String EXCHANGE = ReleaseEvent.EXCHANGE;

    /** Routing key and AMQP type of the event for a new deployment. */
    public static final String CREATED = "deployment.created.v1";

    /** Routing key and AMQP type of the event for a deployment that reached another status. */
    public static final String PROGRESSED = "deployment.progressed.v1";

    /** Routing key and AMQP type of the event for a deployment that reached its last status. */
    public static final String ENDED = "deployment.ended.v1";
}
