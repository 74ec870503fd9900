package io.warren.telemetry.query;

import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.platform.web.Cursor;
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
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

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

    /** Rows that come from the database at a time: measurements can be as large as messages, and a page of them too large. */
    private static final int ROWS_AT_A_TIME = 20;

    private final Semaphore turns = new Semaphore(MOST_AT_ONCE, true);
    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;

    History(DataSource dataSource, PlatformTransactionManager transactions) {
        this.jdbc = new JdbcTemplate(dataSource);
        this.jdbc.setQueryTimeout((int) PATIENCE.toSeconds());
        this.jdbc.setFetchSize(ROWS_AT_A_TIME);
        this.transaction = new TransactionTemplate(transactions);
        this.transaction.setReadOnly(true);
    }

    /** A page of a device's history. */
    Page<TelemetryItem> page(String tenant, String device, HistoryQuestion question) {
        return inTurn(() -> readPage(tenant, device, question));
    }

    /**
     * A page of the newest measurements of each stream of a device, in the order of the streams' names.
     *
     * @param after the last stream of the page before; absent on the first
     */
    Page<TelemetryItem> latest(
            String tenant, String device, @Nullable String stream, List<String> keys, @Nullable String after) {
        return inTurn(() -> readLatest(tenant, device, stream, keys, after));
    }

    /** Reads in a transaction, outside which the database would send all rows at once; it takes a connection, so the turn is first. */
    private Page<TelemetryItem> inTurn(Supplier<Page<TelemetryItem>> reading) {
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
            return Objects.requireNonNull(transaction.execute(_ -> reading.get()));
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
        PageFill fill = new PageFill(question.limit());
        walk(question, series, from, to, fill);
        return fill.page();
    }

    private Page<TelemetryItem> readLatest(
            String tenant, String device, @Nullable String stream, List<String> keys, @Nullable String after) {
        NavigableMap<String, Map.Entry<Long, SeriesDays>> byName = new TreeMap<>();
        series(tenant, device, stream).entrySet().forEach(each -> byName.put(each.getValue().stream(), each));
        PageFill fill = new PageFill(byName.size());
        for (var each : (after == null ? byName : byName.tailMap(after, false)).values()) {
            SeriesDays days = each.getValue();
            HistoryQuestion question = new HistoryQuestion(stream, days.begin(), days.end(), keys, true, 1, null);
            PageFill newest = new PageFill(0);
            walk(question, Map.of(each.getKey(), days), days.begin(), days.end(), newest);
            newest.items().forEach(item -> fill.add(item, Cursor.after(item.stream())));
            if (fill.isFull()) {
                break;
            }
        }
        return fill.page();
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

    /** Looks at a few days first, and at ever more of them for as long as the page is not full. */
    private void walk(HistoryQuestion question, Map<Long, SeriesDays> series, Instant from, Instant to, PageFill fill) {
        Instant begin = from;
        Instant end = to;
        Duration stride = FIRST_STRIDE;
        while (begin.isBefore(end) && !fill.isFull()) {
            if (question.newestFirst()) {
                Instant middle = later(begin, end.minus(stride));
                select(question, series, middle, end, fill);
                end = middle;
            } else {
                Instant middle = earlier(end, begin.plus(stride));
                select(question, series, begin, middle, fill);
                begin = middle;
            }
            stride = stride.multipliedBy(STRIDE_GROWTH);
        }
    }

    private void select(
            HistoryQuestion question, Map<Long, SeriesDays> series, Instant from, Instant to, PageFill fill) {
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
        parameters.addAll(List.of(fill.wanted(), fill.wanted()));
        jdbc.query(
                sql.toString(),
                (ResultSetExtractor<@Nullable Void>) rows -> addAll(rows, series, fill),
                parameters.toArray());
    }

    /** Reads no further than the page is full: the rows after that stay in the database. */
    private static @Nullable Void addAll(ResultSet rows, Map<Long, SeriesDays> series, PageFill fill)
            throws SQLException {
        while (!fill.isFull() && rows.next()) {
            TelemetryItem item = new TelemetryItem(
                    instant(rows, "ts"),
                    Objects.requireNonNull(series.get(rows.getLong("series_id"))).stream(),
                    rows.getObject("seq", Long.class),
                    rows.getString("body"),
                    instant(rows, "received_at"),
                    rows.getObject("schema_version", Integer.class));
            fill.add(item, new HistoryQuestion.Place(item.ts(), item.receivedAt(), rows.getLong("key")).cursor());
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
}
