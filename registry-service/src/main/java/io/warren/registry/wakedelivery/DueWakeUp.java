package io.warren.registry.wakedelivery;

import io.warren.contracts.device.DeviceAddress;
import io.warren.registry.wakeup.Reason;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A wake-up whose next message is due, and what there is to know of its device.
 *
 * @param id the wake-up
 * @param device whom it wakes
 * @param channel the channel that it was given to
 * @param reason what the device is wanted for
 * @param createdAt since when
 * @param lease when it is due again, unless its taker says what became of it
 * @param nonce the random part of the next message: 16 hexadecimal digits
 * @param signedAt the time in it
 * @param sent how many messages the channel has taken
 * @param failures how often since it has not
 * @param connected whether the device has come
 * @param wanted whether anything waits for it still, and it may come
 * @param typesChannel the channel that its type names now
 * @param address its number, if it has one where its type says
 * @param lastDay when it was sent messages in the last 24 hours, in the order of time
 */
record DueWakeUp(
        UUID id,
        DeviceAddress device,
        String channel,
        Reason reason,
        Instant createdAt,
        Instant lease,
        String nonce,
        Instant signedAt,
        int sent,
        int failures,
        boolean connected,
        boolean wanted,
        @Nullable String typesChannel,
        @Nullable String address,
        List<Instant> lastDay) {

    /** Keeps the number out of logs. */
    @Override
    public String toString() {
        return "DueWakeUp[" + id + " of " + device + "]";
    }
}
