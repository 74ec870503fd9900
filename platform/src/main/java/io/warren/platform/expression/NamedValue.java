package io.warren.platform.expression;

/** The name of a value, by which something is sorted or grouped. */
public final class NamedValue {

    private final Term.Field field;

    NamedValue(Term.Field field) {
        this.field = field;
    }

    /** The name of the vocabulary that it begins with. */
    public String name() {
        return field.name();
    }
}
