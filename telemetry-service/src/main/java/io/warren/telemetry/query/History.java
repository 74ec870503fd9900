package io.warren.telemetry.query;

import io.warren.platform.web.Cursor;
import io.warren.platform.web.Page;
import io.warren.telemetry.reading.PageFill;
import io.warren.telemetry.reading.ReadingTurns;
import io.warren.telemetry.reading.TimeRange;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.stereotype.Component;

/**
 * Reads the measurements of a device. Each of its series is asked by its own index, at most a page of each; and only the days in
 * which the series has measurements are looked at, because with hundreds of partitions planning costs more than reading.
 */
@Component
class History {

    private static final String KEYS =
            "(SELECT jsonb_object_agg(e.key, e.value) FROM jsonb_each(m.values) AS e WHERE e.key = ANY (?))";

    private final ReadingTurns turns;

    History(ReadingTurns turns) {
        this.turns = turns;
    }

    /** A page of a device's history. */
    Page<TelemetryItem> page(String tenant, String device, HistoryQuestion question) {
        return turns.take(jdbc -> readPage(jdbc, tenant, device, question));
    }

    /**
     * A page of the newest measurements of each stream of a device, in the order of the streams' names.
     *
     * @param after the last stream of the page before; absent on the first
     */
    Page<TelemetryItem> latest(
            String tenant, String device, @Nullable String stream, List<String> keys, @Nullable String after) {
        return turns.take(jdbc -> readLatest(jdbc, tenant, device, stream, keys, after));
    }

    private static Page<TelemetryItem> readPage(
            JdbcTemplate jdbc, String tenant, String device, HistoryQuestion question) {
        Map<Long, SeriesDays> series = series(jdbc, tenant, device, question.stream());
        TimeRange range = question.range().within(begin(series), end(series));
        HistoryQuestion.Place after = question.after();
        if (after != null && question.newestFirst()) {
            // a microsecond more: others may have the same time
            range = range.within(TimeRange.ALWAYS, after.ts().plusNanos(1000));
        } else if (after != null) {
            range = range.within(after.ts(), TimeRange.FOR_EVER);
        }
        PageFill<TelemetryItem> fill = new PageFill<>(question.limit());
        walk(jdbc, question, series, range, fill);
        return fill.page();
    }

    private static Page<TelemetryItem> readLatest(
            JdbcTemplate jdbc,
            String tenant,
            String device,
            @Nullable String stream,
            List<String> keys,
            @Nullable String after) {
        NavigableMap<String, Map.Entry<Long, SeriesDays>> byName = new TreeMap<>();
        series(jdbc, tenant, device, stream).entrySet().forEach(each -> byName.put(each.getValue().stream(), each));
        PageFill<TelemetryItem> fill = new PageFill<>(byName.size());
        for (var each : (after == null ? byName : byName.tailMap(after, false)).values()) {
            SeriesDays days = each.getValue();
            TimeRange range = new TimeRange(days.begin(), days.end());
            HistoryQuestion question = new HistoryQuestion(stream, range, keys, true, 1, null);
            PageFill<TelemetryItem> newest = new PageFill<>(0);
            walk(jdbc, question, Map.of(each.getKey(), days), range, newest);
            newest.items().forEach(item -> fill.add(item, item.values().length(), Cursor.after(item.stream())));
            if (fill.isFull()) {
                break;
            }
        }
        return fill.page();
    }

    private static Map<Long, SeriesDays> series(
            JdbcTemplate jdbc, String tenant, String device, @Nullable String stream) {
        Map<Long, SeriesDays> series = new HashMap<>();
        jdbc.query(
                """
                SELECT id, stream, first_day, last_day FROM series
                WHERE tenant = ? AND device = ? AND (?::text IS NULL OR stream = ?) AND last_day IS NOT NULL""",
                row -> {
                    series.put(
                            row.getLong("id"),
                            new SeriesDays(
                                    row.getString("stream"),
                                    row.getObject("first_day", LocalDate.class),
                                    row.getObject("last_day", LocalDate.class)));
                },
                tenant,
                device,
                stream,
                stream);
        return series;
    }

    private static void walk(
            JdbcTemplate jdbc,
            HistoryQuestion question,
            Map<Long, SeriesDays> series,
            TimeRange range,
            PageFill<TelemetryItem> fill) {
        range.walk(question.newestFirst(), fill::isFull, part -> select(jdbc, question, series, part, fill));
    }

    private static void select(
            JdbcTemplate jdbc,
            HistoryQuestion question,
            Map<Long, SeriesDays> series,
            TimeRange range,
            PageFill<TelemetryItem> fill) {
        String direction = question.newestFirst() ? "DESC" : "ASC";
        String order = " ORDER BY m.ts %1$s, m.received_at %1$s, m.key %1$s LIMIT ?".formatted(direction);
        List<Object> parameters = new ArrayList<>();
        StringBuilder sql = new StringBuilder(
                        "SELECT m.series_id, m.ts, m.key, m.seq, m.received_at, m.schema_version, ")
                .append(question.keys().isEmpty() ? "m.values" : KEYS)
                .append("::text AS body FROM unnest(?) AS s(id) CROSS JOIN LATERAL (")
                .append("SELECT * FROM measurement m WHERE m.series_id = s.id AND m.ts >= ? AND m.ts < ?");
        if (!question.keys().isEmpty()) {
            parameters.add(question.keys().toArray(String[]::new));
        }
        parameters.add(series.keySet().toArray(Long[]::new));
        parameters.add(utc(range.from()));
        parameters.add(utc(range.to()));
        HistoryQuestion.Place after = question.after();
        if (after != null) {
            sql.append(" AND (m.ts, m.received_at, m.key) ")
                    .append(question.newestFirst() ? '<' : '>')
                    .append(" (?, ?, ?)");
            parameters.addAll(List.of(utc(after.ts()), utc(after.receivedAt()), after.key()));
        }
        if (!question.keys().isEmpty()) {
            sql.append(" AND jsonb_exists_any(m.values, ?)");
            parameters.add(question.keys().toArray(String[]::new));
        }
        sql.append(order).append(") AS m").append(order);
        parameters.addAll(List.of(fill.wanted(), fill.wanted()));
        jdbc.query(
                sql.toString(),
                (ResultSetExtractor<@Nullable Void>) rows -> addAll(rows, series, fill),
                parameters.toArray());
    }

    /** Reads no further than the page is full: the rows after that stay in the database. */
    private static @Nullable Void addAll(ResultSet rows, Map<Long, SeriesDays> series, PageFill<TelemetryItem> fill)
            throws SQLException {
        while (!fill.isFull() && rows.next()) {
            TelemetryItem item = new TelemetryItem(
                    instant(rows, "ts"),
                    Objects.requireNonNull(series.get(rows.getLong("series_id"))).stream(),
                    rows.getObject("seq", Long.class),
                    rows.getString("body"),
                    instant(rows, "received_at"),
                    rows.getObject("schema_version", Integer.class));
            fill.add(
                    item,
                    item.values().length(),
                    new HistoryQuestion.Place(item.ts(), item.receivedAt(), rows.getLong("key")).cursor());
        }
        return null;
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static Instant begin(Map<Long, SeriesDays> series) {
        return series.values().stream()
                .map(SeriesDays::begin)
                .min(Comparator.naturalOrder())
                .orElse(TimeRange.FOR_EVER);
    }

    private static Instant end(Map<Long, SeriesDays> series) {
        return series.values().stream()
                .map(SeriesDays::end)
                .max(Comparator.naturalOrder())
                .orElse(TimeRange.ALWAYS);
    }

    private static OffsetDateTime utc(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }

    /** The days in which a series has measurements. */
    private record SeriesDays(String stream, LocalDate firstDay, LocalDate lastDay) {

        Instant begin() {
            return firstDay.atStartOfDay(ZoneOffset.UTC).toInstant();
        }

        Instant end() {
            return lastDay.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        }
    }
}
