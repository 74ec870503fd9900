package io.warren.contracts.registry;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A device was given something to prove itself with, or it was taken away: {@code credential.added.v1} and
 * {@code credential.revoked.v1} on {@code registry.events}. The credential itself is in no event. The credentials of a deleted
 * device go with it, without events of their own.
 *
 * @param tenant the tenant that owns the device
 * @param device the device's id in that tenant
 * @param credential the credential's id
 * @param kind what it is: {@code secret} or {@code certificate}
 * @param serial the number of a certificate, lower-case hexadecimal without leading zeros; absent for a secret
 * @param reason {@code superseded} if it was revoked because the device got another in its place; absent otherwise
 * @param at when it was added or revoked
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CredentialEvent(
        String tenant,
        String device,
        String credential,
        String kind,
        @Nullable String serial,
        @Nullable String reason,
        Instant at) {

    /** Routing key and AMQP type of the event for a new credential. */
    public static final String ADDED = "credential.added.v1";

    /** Routing key and AMQP type of the event for a revoked credential. */
    public static final String REVOKED = "credential.revoked.v1";

    /** The reason of one that another has taken the place of. */
    public static final String SUPERSEDED = "superseded";
}
