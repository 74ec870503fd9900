package io.warren.registry;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Rows in the form of PostgreSQL's {@code unnest}: an array for each column, of texts, which the statement casts; and arrays read. */
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

    /** A column that is an array of times. */
    public static List<Instant> instants(ResultSet row, String column) throws SQLException {
        Timestamp[] times = (Timestamp[]) row.getArray(column).getArray();
        return Arrays.stream(times).map(Timestamp::toInstant).toList();
    }
}
