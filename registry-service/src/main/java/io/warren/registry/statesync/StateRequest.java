package io.warren.registry.statesync;

import io.warren.contracts.device.DeviceTopics.UpTopic;
import io.warren.platform.downlink.ReplyAddress;
import io.warren.registry.state.StateReporting.Report;
import org.jspecify.annotations.Nullable;

/** What a device says about its state, or asks. */
sealed interface StateRequest {

    /** On which topic. */
    UpTopic topic();

    /** Where the device wants its answer; absent if it wants none. */
    @Nullable
    ReplyAddress reply();

    /** It has changed. */
    record Change(UpTopic topic, @Nullable ReplyAddress reply, Report report) implements StateRequest {}

    /** It wants to know both sides. */
    record Question(UpTopic topic, ReplyAddress reply) implements StateRequest {}
}
