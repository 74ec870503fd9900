package io.warren.registry.presence;

import io.warren.contracts.device.DeviceAddress;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A device's connection was opened or closed, or is about to be opened.
 *
 * @param kind what is said of the connection
 * @param address the device
 * @param connection which of its connections
 * @param closedAt when it was closed, if it was
 * @param cause why it was closed, where known
 */
record ConnectionChange(
        Kind kind,
        DeviceAddress address,
        Connection connection,
        @Nullable Instant closedAt,
        @Nullable String cause) {

    /** What can be said of a connection. */
    enum Kind {
        /**
         * The device has signed in on it; its beginning stands for the time of that. If the device has another connection, the
         * broker ends that one next, and says so before or after it says that this one is open.
         */
        SIGNED_IN,
        /** It is open. Word of that may come late. */
        OPENED,
        /** The broker has it in its list of open connections, which is more than word that it was opened. */
        LISTED,
        /** It has ended. */
        CLOSED
    }

    /** The cause of a connection that ended without a word. */
    static final String LOST = "lost";

    /** The cause of a connection that another of the same device took the place of. */
    static final String REPLACED = "replaced";

    static ConnectionChange signedIn(DeviceAddress address, String name, Instant at) {
        return new ConnectionChange(Kind.SIGNED_IN, address, new Connection(name, at, null, null), null, null);
    }

    /** Whether it is open. */
    boolean isOpen() {
        return kind == Kind.OPENED || kind == Kind.LISTED;
    }

    static ConnectionChange opened(DeviceAddress address, Connection connection) {
        return new ConnectionChange(Kind.OPENED, address, connection, null, null);
    }

    static ConnectionChange listed(DeviceAddress address, Connection connection) {
        return new ConnectionChange(Kind.LISTED, address, connection, null, null);
    }

    static ConnectionChange closed(DeviceAddress address, Connection connection, Instant at) {
        return new ConnectionChange(Kind.CLOSED, address, connection, at, null);
    }

    static ConnectionChange lost(DeviceAddress address, Connection connection, Instant noticedAt) {
        return new ConnectionChange(Kind.CLOSED, address, connection, noticedAt, LOST);
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
