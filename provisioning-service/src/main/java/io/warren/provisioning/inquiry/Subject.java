package io.warren.provisioning.inquiry;

import tools.jackson.databind.JsonNode;

/** Something that tenants' own systems are asked about registrations: what they are asked, and how their answers are understood. */
public interface Subject {

    /** Its name in tables, metrics and in the question's {@code subject}. */
    String name();

    /**
     * Understands an answer of success.
     *
     * @param answer what came; a missing node if nothing did
     * @param question what was asked
     * @throws UnusableAnswer if it is none
     */
    Reply read(JsonNode answer, JsonNode question) throws UnusableAnswer;
}
