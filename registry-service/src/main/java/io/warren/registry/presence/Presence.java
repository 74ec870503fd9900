package io.warren.registry.presence;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whether a device is there.
 *
 * @param connected whether it has a connection now
 * @param lastSeenAt when something was last heard of it; absent if never
 * @param flapping whether it connects again and again
 * @param silent whether nothing has been heard of it for longer than its type allows
 */
public record Presence(boolean connected, @Nullable Instant lastSeenAt, boolean flapping, boolean silent) {

    /** A device that was never there. */
    public static final Presence NEVER = new Presence(false, null, false, false);
}
