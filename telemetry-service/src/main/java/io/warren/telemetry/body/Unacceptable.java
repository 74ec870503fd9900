package io.warren.telemetry.body;

/** A part of a body that is refused; caught where it is known which part. */
final class Unacceptable extends Exception {

    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final String detail;

    Unacceptable(Reason reason, String detail) {
        super(detail, null, false, false);
        this.reason = reason;
        this.detail = detail;
    }

    Fault at(String member) {
        return Fault.at(member, reason, detail);
    }

    Refusal asRefusalOf(byte[] body) {
        return Refusal.of(reason, detail, body);
    }
}
