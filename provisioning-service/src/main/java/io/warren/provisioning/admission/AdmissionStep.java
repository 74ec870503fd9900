package io.warren.provisioning.admission;

import io.warren.contracts.device.TenantId;
import org.springframework.core.annotation.Order;

/**
 * One of the questions that decide whether a device is let in. They are asked one after the other until one of them does not let the
 * device pass, in the transaction that records the attempt, with its registration locked: a step asks the database at most, and
 * never the network. What needs the network lets the device wait, asks after the commit, and knows the answer when the device comes
 * again. Each gets its place with Spring's {@link Order} and a constant from here.
 *
 * <p>A device that lost its answer is asked everything again: a step rules as it did.
 */
public interface AdmissionStep {

    /** Whether the enrolment is valid now. */
    int VALIDITY = 100;
    /** Whether it gives what the device asks for. */
    int CREDENTIALS = 150;
    /** Whether the device is on a deny list. */
    int DENIAL = 200;
    /** Whether an enrolment for one device has let in another. */
    int ONE_DEVICE = 300;
    /** What the device is called and begins with. */
    int SHAPING = 400;
    /** Whether a person has agreed. */
    int APPROVAL = 500;
    /** Whether the tenant's own system has agreed. */
    int HOOK = 600;
    /** Which installation it belongs to. */
    int ASSIGNMENT = 700;
    /** Whether there is room: the last that may turn a device away, so that whoever is turned away takes no place. */
    int QUOTA = 800;
    /** What is used up by the device that is let in. */
    int USE = 900;

    /** Rules on a device. */
    Ruling rule(Candidate candidate);

    /**
     * Takes back what a ruling took, because the device was not taken after all.
     *
     * @param door the name of what it came through
     */
    default void release(TenantId tenant, String door) {}
}
