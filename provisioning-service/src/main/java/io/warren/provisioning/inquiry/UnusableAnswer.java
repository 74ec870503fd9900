package io.warren.provisioning.inquiry;

/** An answer that says nothing that can be done. */
public final class UnusableAnswer extends Exception {

    private static final long serialVersionUID = 1L;

    private final String reason;

    /**
     * An unusable answer.
     *
     * @param reason what is wrong with it, for people
     */
    public UnusableAnswer(String reason) {
        super(reason);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}
