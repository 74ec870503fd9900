package io.warren.telemetry.body;

/**
 * What is wrong with one measurement.
 *
 * @param reason why it is refused, for programs
 * @param detail the same for people
 * @param pointer where, relative to the measurement
 */
record Fault(Reason reason, String detail, String pointer) {

    static Fault at(String member, Reason reason, String detail) {
        return new Fault(reason, detail, pointerTo(member));
    }

    /** A JSON pointer (RFC 6901) to a member, of bounded length. */
    static String pointerTo(String member) {
        String name = member.length() > Values.MAX_KEY_LENGTH ? member.substring(0, Values.MAX_KEY_LENGTH) : member;
        return "/" + name.replace("~", "~0").replace("/", "~1").replaceAll("\\p{Cntrl}|\\p{Cs}", "?");
    }
}
