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
 * @param listed whether the broker has it in its list of open connections: more than word that it was opened, which may come late
 */
record ConnectionChange(
        DeviceAddress address,
        Connection connection,
        @Nullable Instant closedAt,
        @Nullable String cause,
        boolean listed) {

    /** The cause of a connection that ended without a word. */
    static final String LOST = "lost";

    /** The cause of a connection that another of the same device took the place of. */
    static final String REPLACED = "replaced";

    static ConnectionChange opened(DeviceAddress address, Connection connection) {
        return new ConnectionChange(address, connection, null, null, false);
    }

    static ConnectionChange listed(DeviceAddress address, Connection connection) {
        return new ConnectionChange(address, connection, null, null, true);
    }

    static ConnectionChange closed(DeviceAddress address, Connection connection, Instant at) {
        return new ConnectionChange(address, connection, at, null, false);
    }

    static ConnectionChange lost(DeviceAddress address, Connection connection, Instant noticedAt) {
        return new ConnectionChange(address, connection, noticedAt, LOST, false);
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
