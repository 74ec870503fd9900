package io.warren.registry.presence;

import io.warren.registry.presence.ConnectionChange.Connection;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is on record of a device.
 *
 * @param connected whether it is there
 * @param epoch of its connection, or of its last one
 * @param name of that connection; absent if there never was one
 * @param connectedAt when that was opened
 * @param lastSeenAt when something was last heard of the device; absent if never
 * @param flappingSince since when it connects again and again; absent if it does not
 * @param flappingConnects how often it has connected, if it does
 * @param mayBeSilent for how long its type allows that nothing is heard of it; absent if for ever, as that of a device that is disabled
 * @param silentAt when that time is over
 * @param silent whether it was told that it is over
 */
record OnRecord(
        boolean connected,
        long epoch,
        @Nullable String name,
        @Nullable Instant connectedAt,
        @Nullable Instant lastSeenAt,
        @Nullable Instant flappingSince,
        int flappingConnects,
        @Nullable Duration mayBeSilent,
        @Nullable Instant silentAt,
        boolean silent) {

    /** A connection takes the place of the one on record, unless that one is the younger: news may come out of order. */
    boolean yieldsTo(Connection connection) {
        return !connected || connectedAt == null || !connectedAt.isAfter(connection.connectedAt());
    }

    boolean isBy(Connection connection) {
        return connected
                && connection.name().equals(name)
                && connection.connectedAt().equals(connectedAt);
    }

    /** Whether there was a connection that had not ended when this one began. */
    boolean gaveWayTo(Connection connection) {
        return name != null && (connected || (lastSeenAt != null && !lastSeenAt.isBefore(connection.connectedAt())));
    }

    /**
     * The device has connected.
     *
     * @param hearsay for how long it may be heard without that being known
     */
    OnRecord connectedBy(Connection connection, long newEpoch, Duration hearsay) {
        Instant seen = lastSeen(connection.connectedAt());
        return new OnRecord(
                true,
                newEpoch,
                connection.name(),
                connection.connectedAt(),
                seen,
                flappingSince,
                flappingSince == null ? 0 : flappingConnects + 1,
                mayBeSilent,
                mayBeSilent == null ? null : seen.plus(mayBeSilent).plus(hearsay),
                false);
    }

    /** The device has gone. If it was silent it stays so: it need not have done that itself. */
    OnRecord disconnected(Instant at) {
        Instant end = lastSeen(at);
        return new OnRecord(
                false,
                epoch,
                name,
                connectedAt,
                end,
                flappingSince,
                flappingConnects,
                mayBeSilent,
                silent ? silentAt : mayBeSilent == null ? null : end.plus(mayBeSilent),
                silent);
    }

    OnRecord flapping(Instant since, int connects) {
        return new OnRecord(
                connected, epoch, name, connectedAt, lastSeenAt, since, connects, mayBeSilent, silentAt, silent);
    }

    private Instant lastSeen(Instant at) {
        return lastSeenAt == null || at.isAfter(lastSeenAt) ? at : lastSeenAt;
    }
}
