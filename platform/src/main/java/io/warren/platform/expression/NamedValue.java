package io.warren.platform.expression;

import io.warren.platform.vocabulary.SqlNames;
import java.time.Instant;
import java.util.List;

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

    /**
     * What is compared to sort by it, one key after the other. A value that can be anything is sorted as a number, then as a text,
     * by the code points of its first 256 characters, then as a truth value; what is none of these, or missing, is NULL in every key.
     *
     * @param names where the values are
     */
    public List<Key> keys(SqlNames names) {
        return new SqlText(names, Definitions.NONE, Instant.EPOCH).keys(field);
    }

    /**
     * The value as {@code jsonb}; NULL if it is missing.
     *
     * @param names where the values are
     */
    public Sql json(SqlNames names) {
        return new SqlText(names, Definitions.NONE, Instant.EPOCH).json(field);
    }

    /**
     * What is compared to sort.
     *
     * @param value an SQL expression, with its collation
     * @param type the name of its type in PostgreSQL, to which its text can be cast
     */
    public record Key(Sql value, String type) {}
}
