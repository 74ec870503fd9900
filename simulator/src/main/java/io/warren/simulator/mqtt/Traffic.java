package io.warren.simulator.mqtt;

import java.nio.ByteBuffer;

/** What one connection publishes during a {@link Load}. Only the loop's thread calls it. */
public interface Traffic {

    /** The longest body in bytes. */
    int MAX_BODY = 2048;

    /** The topic of every message, in UTF-8. */
    byte[] topic();

    /** Writes the body of the next message, at most {@link #MAX_BODY} bytes. */
    void next(ByteBuffer body);
}
