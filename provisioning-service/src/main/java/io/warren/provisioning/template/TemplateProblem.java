package io.warren.provisioning.template;

/** A template that cannot be read, or cannot be filled from what is known. Its message says why and where, for people. */
public final class TemplateProblem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String detail;
    private final int column;

    TemplateProblem(String detail, int column) {
        super(detail + ", at column " + column);
        this.detail = detail;
        this.column = column;
    }

    /** The same of a template that stands somewhere. */
    TemplateProblem at(String pointer) {
        return new TemplateProblem(pointer + ": " + detail, column);
    }

    /** What is wrong, without the place. */
    public String detail() {
        return detail;
    }

    /** Which character of the template it is about, counted from 1. */
    public int column() {
        return column;
    }
}
