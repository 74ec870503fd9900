package io.warren.contracts.registry;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A tenant came, changed or went. It carries the whole tenant as it is after the change.
 *
 * @param tenant its id
 * @param version grows by one with each change
 * @param name a name for people, if it has one
 * @param limits how much it may use
 * @param at when the change was made
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TenantEvent(
        String tenant, long version, @Nullable String name, TenantLimits limits, Instant at) {

    @SuppressWarnings("ConstantValue") // events written before there were limits say nothing of them
    public TenantEvent {
        limits = Objects.requireNonNullElse(limits, TenantLimits.NONE);
    }

    /** Routing key and AMQP type of the event for a new tenant. */
    public static final String CREATED = "tenant.created.v1";

    /** Routing key and AMQP type of the event for a changed tenant. */
    public static final String UPDATED = "tenant.updated.v1";

    /** Routing key and AMQP type of the event for a deleted tenant. */
    public static final String DELETED = "tenant.deleted.v1";
}
