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
 * @param lastSeenAt when the device last connected or disconnected; absent if it never did
 * @param flappingSince since when it connects again and again; absent if it does not
 * @param flappingConnects how often it has connected, if it does
 * @param mayBeAway for how long its type allows it to be away; absent if for ever, as that of a device that is disabled
 * @param silentAt when that time is over; absent while it is there
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
        @Nullable Duration mayBeAway,
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

    OnRecord connectedBy(Connection connection, long newEpoch) {
        return new OnRecord(
                true,
                newEpoch,
                connection.name(),
                connection.connectedAt(),
                lastSeen(connection.connectedAt()),
                flappingSince,
                flappingSince == null ? 0 : flappingConnects + 1,
                mayBeAway,
                null,
                false);
    }

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
                mayBeAway,
                mayBeAway == null ? null : end.plus(mayBeAway),
                false);
    }

    OnRecord flapping(Instant since, int connects) {
        return new OnRecord(
                connected, epoch, name, connectedAt, lastSeenAt, since, connects, mayBeAway, silentAt, silent);
    }

    private Instant lastSeen(Instant at) {
        return lastSeenAt == null || at.isAfter(lastSeenAt) ? at : lastSeenAt;
    }
}
