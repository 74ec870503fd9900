package io.warren.provisioning.inquiry;

import tools.jackson.databind.JsonNode;

/** Where an inquiry stands. */
public sealed interface Standing {

    /** The device was let in before anybody was to be asked. */
    record Unasked() implements Standing {}

    /** Somebody is asked, or will be. */
    record Open() implements Standing {}

    /**
     * There is an answer.
     *
     * @param answer what was kept of it
     */
    record Settled(JsonNode answer) implements Standing {}

    /**
     * The device is not wanted.
     *
     * @param reason why
     */
    record Refused(String reason) implements Standing {}
}
