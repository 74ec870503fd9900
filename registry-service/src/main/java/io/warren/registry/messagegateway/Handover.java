package io.warren.registry.messagegateway;

import java.time.Duration;

/** What became of a message that was handed to a gateway. */
public sealed interface Handover {

    /** The gateway has it. */
    record Taken() implements Handover {}

    /**
     * The gateway does not want this one; others may do better.
     *
     * @param reason why, for people
     */
    record Refused(String reason) implements Handover {}

    /**
     * The gateway wants no more for now.
     *
     * @param pause for how long
     */
    record Busy(Duration pause) implements Handover {}

    /**
     * The gateway does not work, or does not let anybody in. It may have taken the message.
     *
     * @param reason why, for people
     */
    record Broken(String reason) implements Handover {}
}
