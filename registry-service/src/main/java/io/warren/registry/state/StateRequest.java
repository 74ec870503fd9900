package io.warren.registry.state;

import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.device.DeviceTopics.UpTopic;
import io.warren.registry.downlink.ReplyAddress;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What a device says about its state, or asks. */
sealed interface StateRequest {

    /** On which topic. */
    UpTopic topic();

    /** Where the device wants its answer; absent if it wants none. */
    @Nullable
    ReplyAddress reply();

    default DeviceAddress address() {
        return topic().address();
    }

    /**
     * It has changed.
     *
     * @param patch how, as a merge patch
     * @param message what tells this message from others of the device
     * @param again whether it may have been delivered before
     */
    record Report(UpTopic topic, @Nullable ReplyAddress reply, ObjectNode patch, long message, boolean again)
            implements StateRequest {}

    /** It wants to know both sides. */
    record Question(UpTopic topic, ReplyAddress reply) implements StateRequest {}
}
