package io.warren.registry.presence;

import io.warren.registry.presence.ConnectionChange.Connection;
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
 */
record OnRecord(
        boolean connected,
        long epoch,
        @Nullable String name,
        @Nullable Instant connectedAt,
        @Nullable Instant lastSeenAt,
        @Nullable Instant flappingSince,
        int flappingConnects) {

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
                flappingSince == null ? 0 : flappingConnects + 1);
    }

    OnRecord disconnected(Instant at) {
        return new OnRecord(false, epoch, name, connectedAt, lastSeen(at), flappingSince, flappingConnects);
    }

    OnRecord flapping(Instant since, int connects) {
        return new OnRecord(connected, epoch, name, connectedAt, lastSeenAt, since, connects);
    }

    private Instant lastSeen(Instant at) {
        return lastSeenAt == null || at.isAfter(lastSeenAt) ? at : lastSeenAt;
    }
}
