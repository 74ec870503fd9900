package io.warren.provisioning.inquiry;

import java.time.Duration;
import tools.jackson.databind.JsonNode;

/** What became of asking. */
public sealed interface Reply {

    /**
     * There is an answer, which holds for this provisioning of the device.
     *
     * @param answer what is kept of it
     */
    record Settled(JsonNode answer) implements Reply {}

    /**
     * The device is not wanted.
     *
     * @param reason why, for the tenant and the device
     */
    record Refused(String reason) implements Reply {}

    /**
     * It is not decided yet.
     *
     * @param pause how long not to ask
     */
    record Later(Duration pause) implements Reply {}

    /**
     * Nobody wants to be asked anything for now.
     *
     * @param pause for how long
     */
    record Busy(Duration pause) implements Reply {}

    /**
     * There is no answer, or none that can be used.
     *
     * @param reason why, for people
     */
    record Broken(String reason) implements Reply {}
}
