package io.warren.contracts.firmware;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A release may be deployed from now on, or no longer: {@code release.released.v1} and {@code release.retired.v1} on
 * {@link #EXCHANGE}. It carries the whole release as it is after the change.
 *
 * @param tenant the tenant that owns the release
 * @param release the release's id in that tenant
 * @param version grows with each change of this release
 * @param name what is released
 * @param semanticVersion which version of it (Semantic Versioning 2.0.0)
 * @param notes what people should know about it
 * @param at when the change was made
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ReleaseEvent(
        String tenant,
        String release,
        long version,
        String name,
        String semanticVersion,
        @Nullable String notes,
        Instant at) {

    /** The exchange of all events of firmware. */
    public static final String EXCHANGE = "firmware.events";

    /** Routing key and AMQP type of the event for a release that may be deployed. */
    public static final String RELEASED = "release.released.v1";

    /** Routing key and AMQP type of the event for a release that may be deployed no longer. */
    public static final String RETIRED = "release.retired.v1";
}
