package io.warren.provisioning.enrollment;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an enrolment says to a device that wants in. */
public sealed interface Admission {

    /**
     * The device may register.
     *
     * @param enrollment the enrolment that lets it in
     * @param deviceType the type it is to have, if the enrolment says so
     * @param tags its first tags
     * @param first false when the same device was let in before
     */
    record Admitted(String enrollment, @Nullable String deviceType, Map<String, String> tags, boolean first)
            implements Admission {}

    /**
     * The device may not register.
     *
     * @param reason why, for the tenant; what the device is told does not tell unknown, expired and revoked tokens apart
     * @param enrollment the enrolment whose token it showed; absent for a token that no enrolment of the tenant has
     */
    record Refused(Reason reason, @Nullable String enrollment) implements Admission {}

    /** Why a device is not let in. */
    enum Reason {
        /** No enrolment of that tenant has such a token. */
        UNKNOWN("The claim token is not one of this tenant's."),
        /** The enrolment is over. */
        EXPIRED("The enrolment has expired."),
        /** The enrolment was taken back. */
        REVOKED("The enrolment was revoked."),
        /** The token has let another device in. */
        CLAIMED("The claim token was used by another device."),
        /** The enrolment is for another device. */
        OTHER_DEVICE_EXPECTED("The enrolment is for another device id.");

        private final String text;

        Reason(String text) {
            this.text = text;
        }

        /** The reason for people. */
        public String text() {
            return text;
        }

        /** Whether the device proved nothing, so that it must not learn anything either. */
        public boolean isUnproven() {
            return this == UNKNOWN || this == EXPIRED || this == REVOKED;
        }
    }
}
