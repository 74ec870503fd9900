package io.warren.contracts.registry;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A command has ended: {@code command.succeeded.v1}, {@code command.failed.v1}, {@code command.rejected.v1},
 * {@code command.expired.v1} or {@code command.cancelled.v1} on {@code registry.events}; one of them, once for each command, hence
 * without a version. Arguments, results and errors are not in it: they are the tenant's own and may be secrets. Whoever may see them
 * reads the command.
 *
 * @param tenant the tenant that owns the device
 * @param device the device's id in that tenant
 * @param command the command's id, a UUID
 * @param name what the device was to do
 * @param state how it ended, the word in the event's type
 * @param batch the id of the job that gave the command to many devices, if one did
 * @param at when it ended, by the registry's clock
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CommandEvent(
        String tenant,
        String device,
        String command,
        String name,
        String state,
        @Nullable String batch,
        Instant at) {

    /** Routing key and AMQP type of the event for a command that the device has carried out. */
    public static final String SUCCEEDED = "command.succeeded.v1";

    /** Routing key and AMQP type of the event for a command that the device has tried in vain. */
    public static final String FAILED = "command.failed.v1";

    /** Routing key and AMQP type of the event for a command that the device will not carry out. */
    public static final String REJECTED = "command.rejected.v1";

    /** Routing key and AMQP type of the event for a command that was not finished in time. */
    public static final String EXPIRED = "command.expired.v1";

    /** Routing key and AMQP type of the event for a command that was called off, or whose device was deleted. */
    public static final String CANCELLED = "command.cancelled.v1";
}
