package io.warren.registry.presence;

import io.warren.contracts.device.DeviceAddress;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A device's connection was opened or closed.
 *
 * @param address the device
 * @param connection which of its connections
 * @param closedAt when it was closed; absent when it was opened
 * @param cause why it was closed, where known
 */
record ConnectionChange(
        DeviceAddress address,
        Connection connection,
        @Nullable Instant closedAt,
        @Nullable String cause) {

    /** The cause of a connection that ended without a word. */
    static final String LOST = "lost";

    static ConnectionChange opened(DeviceAddress address, Connection connection) {
        return new ConnectionChange(address, connection, null, null);
    }

    static ConnectionChange closed(DeviceAddress address, Connection connection, Instant at) {
        return new ConnectionChange(address, connection, at, null);
    }

    static ConnectionChange lost(DeviceAddress address, Connection connection, Instant noticedAt) {
        return new ConnectionChange(address, connection, noticedAt, LOST);
    }

    /**
     * A connection.
     *
     * @param name the two ends of it; the same name may come again later
     * @param connectedAt when it was opened, to the millisecond, by the broker's clock
     * @param from the network address it comes from, where known
     * @param protocol what is spoken over it, where known
     */
    record Connection(
            String name,
            Instant connectedAt,
            @Nullable String from,
            @Nullable String protocol) {}
}
