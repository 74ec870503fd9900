package io.warren.telemetry.query;

import io.warren.platform.web.Page;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Reads the measurements of a device. Each of its series is asked by its own index, at most a page of each; and only the days in
 * which the series has measurements are looked at, because with hundreds of partitions planning costs more than reading.
 */
@Component
class History {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final String KEYS =
            "(SELECT jsonb_object_agg(e.key, e.value) FROM jsonb_each(m.values) AS e WHERE e.key = ANY (?))";

    private final JdbcTemplate jdbc;

    History(DataSource dataSource) {
        this.jdbc = new JdbcTemplate(dataSource);
        this.jdbc.setQueryTimeout((int) PATIENCE.toSeconds());
    }

    /** A page of a device's history. */
    Page<TelemetryItem> page(String tenant, String device, HistoryQuestion question) {
        Map<Long, SeriesDays> series = series(tenant, device, question.stream());
        Instant from = latest(question.from(), begin(series), question.newestFirst() ? null : question.after());
        Instant to = earliest(question.to(), end(series), question.newestFirst() ? question.after() : null);
        List<Row> rows = from.isBefore(to) ? select(question, series, from, to) : List.of();
        return Page.of(rows, question.limit(), row -> row.place().cursor()).map(Row::item);
    }

    /** The newest measurement of each stream of a device, in the order of the streams' names. */
    List<TelemetryItem> latest(String tenant, String device, @Nullable String stream, List<String> keys) {
        Map<Long, SeriesDays> series = series(tenant, device, stream);
        List<Row> newest = new ArrayList<>();
        series.forEach((id, days) -> newest.addAll(select(
                new HistoryQuestion(stream, days.begin(), days.end(), keys, true, 0, null),
                Map.of(id, days),
                days.begin(),
                days.end())));
        return newest.stream()
                .map(Row::item)
                .sorted(Comparator.comparing(TelemetryItem::stream))
                .toList();
    }

    private Map<Long, SeriesDays> series(String tenant, String device, @Nullable String stream) {
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

    private List<Row> select(HistoryQuestion question, Map<Long, SeriesDays> series, Instant from, Instant to) {
        String direction = question.newestFirst() ? "DESC" : "ASC";
        String order = " ORDER BY m.ts %1$s, m.received_at %1$s, m.key %1$s LIMIT ?".formatted(direction);
        List<Object> parameters = new ArrayList<>();
        StringBuilder sql = new StringBuilder("SELECT m.*, ")
                .append(question.keys().isEmpty() ? "m.values" : KEYS)
                .append("::text AS body FROM unnest(?) AS s(id) CROSS JOIN LATERAL (")
                .append("SELECT * FROM measurement m WHERE m.series_id = s.id AND m.ts >= ? AND m.ts < ?");
        if (!question.keys().isEmpty()) {
            parameters.add(question.keys().toArray(String[]::new));
        }
        parameters.add(series.keySet().toArray(Long[]::new));
        parameters.add(utc(from));
        parameters.add(utc(to));
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
        parameters.addAll(List.of(question.limit() + 1, question.limit() + 1));
        return jdbc.query(sql.toString(), (row, _) -> Row.of(row, series), parameters.toArray());
    }

    private static Instant begin(Map<Long, SeriesDays> series) {
        return series.values().stream()
                .map(SeriesDays::begin)
                .min(Comparator.naturalOrder())
                .orElse(HistoryQuestion.FOR_EVER);
    }

    private static Instant end(Map<Long, SeriesDays> series) {
        return series.values().stream()
                .map(SeriesDays::end)
                .max(Comparator.naturalOrder())
                .orElse(HistoryQuestion.ALWAYS);
    }

    private static Instant latest(Instant asked, Instant begin, HistoryQuestion.@Nullable Place after) {
        Instant from = asked.isAfter(begin) ? asked : begin;
        return after != null && after.ts().isAfter(from) ? after.ts() : from;
    }

    private static Instant earliest(Instant asked, Instant end, HistoryQuestion.@Nullable Place after) {
        Instant to = asked.isBefore(end) ? asked : end;
        // the cursor's own time may have more measurements
        return after != null && after.ts().isBefore(to) ? after.ts().plusNanos(1000) : to;
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

    private record Row(TelemetryItem item, HistoryQuestion.Place place) {

        static Row of(ResultSet row, Map<Long, SeriesDays> series) throws SQLException {
            Instant ts = instant(row, "ts");
            Instant receivedAt = instant(row, "received_at");
            return new Row(
                    new TelemetryItem(
                            ts,
                            Objects.requireNonNull(series.get(row.getLong("series_id"))).stream(),
                            row.getObject("seq", Long.class),
                            row.getString("body"),
                            receivedAt,
                            row.getObject("schema_version", Integer.class)),
                    new HistoryQuestion.Place(ts, receivedAt, row.getLong("key")));
        }

        private static Instant instant(ResultSet row, String column) throws SQLException {
            return row.getObject(column, OffsetDateTime.class).toInstant();
        }
    }
}
