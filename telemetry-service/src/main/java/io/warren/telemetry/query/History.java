package io.warren.telemetry.query;

import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
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
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
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

    private static final Duration WAIT = Duration.ofSeconds(3);
    private static final Duration FIRST_STRIDE = Duration.ofDays(2);
    private static final int STRIDE_GROWTH = 4;

    private static final String KEYS =
            "(SELECT jsonb_object_agg(e.key, e.value) FROM jsonb_each(m.values) AS e WHERE e.key = ANY (?))";

    /** Readers of history leave connections of the pool to those who store it. */
    private static final int MOST_AT_ONCE = 5;

    private final Semaphore turns = new Semaphore(MOST_AT_ONCE, true);
    private final JdbcTemplate jdbc;

    History(DataSource dataSource) {
        this.jdbc = new JdbcTemplate(dataSource);
        this.jdbc.setQueryTimeout((int) PATIENCE.toSeconds());
    }

    /** A page of a device's history. */
    Page<TelemetryItem> page(String tenant, String device, HistoryQuestion question) {
        return inTurn(() -> readPage(tenant, device, question));
    }

    /** The newest measurement of each stream of a device, in the order of the streams' names. */
    List<TelemetryItem> latest(String tenant, String device, @Nullable String stream, List<String> keys) {
        return inTurn(() -> readLatest(tenant, device, stream, keys));
    }

    private <T> T inTurn(Supplier<T> reading) {
        boolean admitted = false;
        try {
            admitted = turns.tryAcquire(WAIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!admitted) {
            throw new ProblemException(
                    ProblemKind.UNAVAILABLE, "Too many questions about history are being answered.", WAIT);
        }
        try {
            return reading.get();
        } finally {
            turns.release();
        }
    }

    private Page<TelemetryItem> readPage(String tenant, String device, HistoryQuestion question) {
        Map<Long, SeriesDays> series = series(tenant, device, question.stream());
        Instant from = later(question.from(), begin(series));
        Instant to = earlier(question.to(), end(series));
        HistoryQuestion.Place after = question.after();
        if (after != null && question.newestFirst()) {
            // a microsecond more: others may have the same time
            to = earlier(to, after.ts().plusNanos(1000));
        } else if (after != null) {
            from = later(from, after.ts());
        }
        List<Row> rows = walk(question, series, from, to);
        return Page.of(rows, question.limit(), row -> row.place().cursor()).map(Row::item);
    }

    private List<TelemetryItem> readLatest(String tenant, String device, @Nullable String stream, List<String> keys) {
        Map<Long, SeriesDays> series = series(tenant, device, stream);
        List<Row> newest = new ArrayList<>();
        series.forEach((id, days) -> newest.addAll(walk(
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

    /** Looks at a few days first, and at ever more of them for as long as the page and the one item after it are not full. */
    private List<Row> walk(HistoryQuestion question, Map<Long, SeriesDays> series, Instant from, Instant to) {
        List<Row> rows = new ArrayList<>();
        Instant begin = from;
        Instant end = to;
        Duration stride = FIRST_STRIDE;
        while (begin.isBefore(end) && rows.size() <= question.limit()) {
            int wanted = question.limit() + 1 - rows.size();
            if (question.newestFirst()) {
                Instant middle = later(begin, end.minus(stride));
                rows.addAll(select(question, series, middle, end, wanted));
                end = middle;
            } else {
                Instant middle = earlier(end, begin.plus(stride));
                rows.addAll(select(question, series, begin, middle, wanted));
                begin = middle;
            }
            stride = stride.multipliedBy(STRIDE_GROWTH);
        }
        return rows;
    }

    private List<Row> select(
            HistoryQuestion question, Map<Long, SeriesDays> series, Instant from, Instant to, int wanted) {
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
        parameters.addAll(List.of(wanted, wanted));
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

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
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
