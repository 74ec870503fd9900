package io.warren.simulator.mqtt;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** What a connection does with messages that come to it. Only the loop's thread calls it. */
@FunctionalInterface
public interface Receiver {

    /**
     * A message has come, and is acknowledged.
     *
     * @return what to say to that, if anything
     */
    @Nullable
    Reply receive(String topic, ByteBuffer body);

    /**
     * A message that a connection publishes at QoS 1.
     *
     * @param body at most {@link Traffic#MAX_BODY} bytes in UTF-8
     */
    record Reply(String topic, String body) {}
}
