package io.warren.telemetry.diagnostics;

import io.warren.platform.web.Cursor;
import io.warren.platform.web.Page;
import io.warren.telemetry.reading.PageFill;
import io.warren.telemetry.reading.ReadingTurns;
import io.warren.telemetry.reading.TimeRange;
import io.warren.telemetry.tenant.Allowances;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.stereotype.Component;

/**
 * Reads logs and events in the order of their times. It looks at a few days first, and at more of them only while the page is not
 * full; each statement is bound to the tenant, and in time to what is kept.
 */
@Component
class RecordSearch {

    /** A device's clock may be a day ahead. */
    private static final Duration AHEAD = Duration.ofDays(2);

    private final ReadingTurns turns;
    private final Allowances allowances;
    private final Clock clock;

    RecordSearch(ReadingTurns turns, Allowances allowances, Clock clock) {
        this.turns = turns;
        this.allowances = allowances;
        this.clock = clock;
    }

    /**
     * What is read.
     *
     * @param table where it is
     * @param columns what is read beside the time and the number
     * @param retention for how long the platform keeps it
     * @param condition what it has to be beside the tenant's, in SQL that begins with {@code AND}; empty for all
     * @param values the condition's, in its order
     * @param item makes an item of a row
     */
    record Kind<T>(
            String table,
            String columns,
            Duration retention,
            String condition,
            List<Object> values,
            ItemReader<T> item) {}

    /** Makes an item of a row. */
    @FunctionalInterface
    interface ItemReader<T> {
        Sized<T> read(ResultSet row) throws SQLException;
    }

    /** An item, and how long it is in characters. */
    record Sized<T>(T item, int size) {}

    <T> Page<T> page(RecordQuestion question, Kind<T> kind) {
        Instant now = clock.instant();
        Instant oldest = now.minus(allowances.retention(question.tenant(), kind.retention()));
        PageFill<T> fill = new PageFill<>(question.limit());
        return turns.take(jdbc -> {
            question.left(oldest, now.plus(AHEAD))
                    .walk(question.newestFirst(), fill::isFull, part -> select(jdbc, question, kind, part, fill));
            return fill.page();
        });
    }

    private static <T> void select(
            JdbcTemplate jdbc, RecordQuestion question, Kind<T> kind, TimeRange range, PageFill<T> fill) {
        String direction = question.newestFirst() ? "DESC" : "ASC";
        List<Object> values = new ArrayList<>();
        StringBuilder sql = new StringBuilder("SELECT ts, id, ")
                .append(kind.columns())
                .append(" FROM ")
                .append(kind.table())
                .append(" WHERE tenant = ? AND ts >= ? AND ts < ?");
        values.add(question.tenant());
        values.add(range.from().atOffset(ZoneOffset.UTC));
        values.add(range.to().atOffset(ZoneOffset.UTC));
        if (question.device() != null) {
            sql.append(" AND device = ?");
            values.add(question.device());
        }
        if (question.after() != null) {
            sql.append(" AND (ts, id) ")
                    .append(question.newestFirst() ? '<' : '>')
                    .append(" (?, ?)");
            values.add(question.after().ts().atOffset(ZoneOffset.UTC));
            values.add(question.after().id());
        }
        sql.append(' ').append(kind.condition());
        values.addAll(kind.values());
        sql.append(" ORDER BY ts %1$s, id %1$s LIMIT ?".formatted(direction));
        values.add(fill.wanted());
        jdbc.query(
                sql.toString(),
                (ResultSetExtractor<@Nullable Void>) rows -> addAll(rows, kind, fill),
                values.toArray());
    }

    /** Reads no further than the page is full: the rows after that stay in the database. */
    private static <T> @Nullable Void addAll(ResultSet rows, Kind<T> kind, PageFill<T> fill) throws SQLException {
        while (!fill.isFull() && rows.next()) {
            Sized<T> next = kind.item().read(rows);
            fill.add(next.item(), next.size(), Cursor.after(instant(rows, "ts"), rows.getLong("id")));
        }
        return null;
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
