package io.warren.contracts.registry;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A group came, changed or went: {@code group.changed.v1} and {@code group.deleted.v1} on {@code registry.events}. Who is in it is
 * told by {@link GroupMembershipEvent}, unless an expression says so.
 *
 * @param tenant the tenant that owns the group
 * @param group the group's name in that tenant
 * @param version grows by at least one with each change of this group, across deletion and making it anew too
 * @param name a name for people, if it has one
 * @param filter the expression that is true of the devices in it; absent if it is a list
 * @param at when the change was made
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record GroupEvent(
        String tenant,
        String group,
        long version,
        @Nullable String name,
        @Nullable String filter,
        Instant at) {

    /** Routing key and AMQP type of the event for a new or changed group. */
    public static final String CHANGED = "group.changed.v1";

    /** Routing key and AMQP type of the event for a deleted group. */
    public static final String DELETED = "group.deleted.v1";
}
