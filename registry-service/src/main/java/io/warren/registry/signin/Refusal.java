package io.warren.registry.signin;

/** Why a sign-in is refused: for the platform's own log, metrics and timeline. The device itself is not told. */
public enum Refusal {
    /** The user name is not a device's address. */
    NOT_A_DEVICE("not a device"),
    /** The client id is another, with which a device could take over another's session. */
    FOREIGN_CLIENT_ID("the client id is not the user name"),
    /** Nothing is shown that proves anything. */
    NO_PASSWORD("no password"),
    /** The certificate that is shown is none that the device was admitted with, or its time has passed. */
    NO_CERTIFICATE("no certificate of the device is admitted"),
    /** There is no such device. */
    UNKNOWN_DEVICE("unknown device"),
    /** The password is no secret of the device. */
    WRONG_SECRET("wrong secret"),
    /** The token is not of the documented form, or for another device. */
    MALFORMED_TOKEN("malformed token"),
    /** The token's time has passed. */
    EXPIRED_TOKEN("expired token"),
    /** The token's time is too far ahead. */
    LONG_TOKEN("token valid for too long"),
    /** The token is not signed with a key of the device. */
    FORGED_TOKEN("wrong signature"),
    /** What is shown proves to nobody who lets devices in that it is this one. */
    UNPROVEN("bootstrap proof refused"),
    /** Whoever lets devices in does not answer, or has too much to do. */
    NO_JUDGE("nobody there to judge"),
    /** The device has proved itself and is disabled. */
    DISABLED("disabled"),
    /** There were too many failures before. */
    LOCKED_OUT("locked out"),
    /** The device has proved itself, and its tenant has as many connected as it may have. */
    TOO_MANY_CONNECTIONS("too many connections of the tenant");

    private final String text;

    Refusal(String text) {
        this.text = text;
    }

    /** Whether it looks like somebody trying, rather than like a device with a wrong clock or a name to be corrected. */
    boolean isGuess() {
        return switch (this) {
            case NOT_A_DEVICE, UNKNOWN_DEVICE, WRONG_SECRET, MALFORMED_TOKEN, FORGED_TOKEN, UNPROVEN -> true;
            case FOREIGN_CLIENT_ID,
                    NO_PASSWORD,
                    NO_CERTIFICATE,
                    EXPIRED_TOKEN,
                    LONG_TOKEN,
                    NO_JUDGE,
                    DISABLED,
                    LOCKED_OUT,
                    TOO_MANY_CONNECTIONS -> false;
        };
    }

    /** Whether it is known that there is such a device. */
    boolean isOfADevice() {
        return switch (this) {
            case WRONG_SECRET, FORGED_TOKEN, DISABLED, TOO_MANY_CONNECTIONS -> true;
            default -> false;
        };
    }

    /** In a few words. */
    public String text() {
        return text;
    }
}
