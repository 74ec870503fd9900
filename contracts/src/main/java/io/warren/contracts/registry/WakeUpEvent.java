package io.warren.contracts.registry;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Somebody tried to wake a device: {@code wakeup.sent.v1} and {@code wakeup.failed.v1} on {@code registry.events}. Neither the
 * message nor the device's number is in it.
 *
 * @param tenant the tenant that owns the device
 * @param device the device's id in that tenant
 * @param wakeUp the wake-up's id, a UUID; it has as many messages as it takes
 * @param channel the wake-up channel
 * @param reason what the device is wanted for: command, deployment, unfinished or request
 * @param number which message it was, from 1 on; that of a failure is the next one's
 * @param detail what went wrong, if it did
 * @param at when the channel took the message, or did not
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record WakeUpEvent(
        String tenant,
        String device,
        String wakeUp,
        String channel,
        String reason,
        int number,
        @Nullable String detail,
        Instant at) {

    /** Routing key and AMQP type of the event for a message that the channel has taken. */
    public static final String SENT = "wakeup.sent.v1";

    /** Routing key and AMQP type of the event for a message that the channel has not taken, or that could not be made. */
    public static final String FAILED = "wakeup.failed.v1";
}
