package io.warren.contracts.provisioning;

import java.time.Instant;
import java.util.List;

/**
 * Enrolments have left in an offline bundle, or have come in one: {@code bundle.exported.v1} and {@code bundle.imported.v1} on
 * {@link EnrollmentEvent#EXCHANGE}. Whoever has an exported bundle and its passphrase has the keys of its groups.
 *
 * @param tenant the tenant whose they are
 * @param by who has done it: the id of an API key
 * @param groups the ids of the enrolment groups, at most 100
 * @param rows how many rows of all kinds have left, or were made or changed
 * @param madeAt when the bundle was made
 * @param at when this was done
 */
public record BundleEvent(String tenant, String by, List<String> groups, int rows, Instant madeAt, Instant at) {

    /** Routing key and AMQP type of the event for a bundle that has left. */
    public static final String EXPORTED = "bundle.exported.v1";

    /** Routing key and AMQP type of the event for a bundle that has brought something new. */
    public static final String IMPORTED = "bundle.imported.v1";
}
