package io.warren.provisioning.attestation;

import org.jspecify.annotations.Nullable;

/**
 * The device is turned away.
 *
 * @param kind what the device is told
 * @param reason why, for its tenant, and for the device unless it is {@link Kind#UNPROVEN}
 * @param door the name of the door that it tried; absent if it tried none that there is
 */
public record Refusal(Kind kind, String reason, @Nullable String door) implements Verdict {

    /** The device did not prove itself. */
    public static Refusal unproven(String reason, @Nullable Door door) {
        return new Refusal(Kind.UNPROVEN, reason, door == null ? null : door.name());
    }

    /** The device is who it says, and is not wanted. */
    public static Refusal unwanted(String reason, Door door) {
        return new Refusal(Kind.UNWANTED, reason, door.name());
    }

    /** What a device that is turned away is told. */
    public enum Kind {
        /** One wording for all that is wrong with a proof: it must not tell that a part of it was right. */
        UNPROVEN,
        /** Its claim token has let another device in. */
        USED,
        /** Its enrolment is for another device. */
        OTHER_DEVICE,
        /** Its name belongs to another device. */
        TAKEN,
        /** It is known and not wanted; it is told why. */
        UNWANTED
    }
}
