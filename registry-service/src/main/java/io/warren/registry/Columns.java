package io.warren.registry;

import java.util.Collection;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Rows in the form of PostgreSQL's {@code unnest}: an array for each column, of texts, which the statement casts. */
public final class Columns {

    private Columns() {}

    /** One column of the rows. */
    public static <T> @Nullable String[] of(Collection<T> rows, Function<T, @Nullable Object> value) {
        @Nullable String[] column = new @Nullable String[rows.size()];
        int next = 0;
        for (T row : rows) {
            Object cell = value.apply(row);
            column[next++] = cell == null ? null : cell.toString();
        }
        return column;
    }
}
