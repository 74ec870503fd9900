package io.warren.registry.presence;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whether a device is there.
 *
 * @param connected whether it has a connection now
 * @param lastSeenAt when it last connected or disconnected; absent if it never did
 */
public record Presence(boolean connected, @Nullable Instant lastSeenAt) {

    /** A device that was never there. */
    public static final Presence NEVER = new Presence(false, null);
}
