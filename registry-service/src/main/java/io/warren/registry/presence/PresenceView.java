package io.warren.registry.presence;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A device's presence as callers see it.
 *
 * @param connected whether it has a connection now
 * @param lastSeenAt when something was last heard of it; absent if never
 * @param connectedAt when its connection began, if it has one
 * @param epoch the number of that connection
 * @param address where it comes from, if the broker says so
 * @param protocol what is spoken over it, if the broker says so
 * @param flapping present while the device connects again and again
 * @param silent present while nothing has been heard of the device for longer than its type allows
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record PresenceView(
        boolean connected,
        @Nullable Instant lastSeenAt,
        @Nullable Instant connectedAt,
        @Nullable Long epoch,
        @Nullable String address,
        @Nullable String protocol,
        @Nullable Flapping flapping,
        @Nullable Silent silent) {

    /**
     * That a device connects again and again.
     *
     * @param since when that was noticed
     * @param connects how often it has connected, within the time that was looked at before, and since then
     */
    record Flapping(Instant since, int connects) {}

    /**
     * That nothing has been heard of a device for too long.
     *
     * @param since when the time was over for which that may be
     */
    record Silent(Instant since) {}
}
