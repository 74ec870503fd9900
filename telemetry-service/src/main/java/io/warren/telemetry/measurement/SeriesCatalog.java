package io.warren.telemetry.measurement;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** The series by the names of their streams, from memory where they have been met before. */
@Component
class SeriesCatalog {

    private static final int MEMORY = 50_000;

    /** A day that is after every other, for a series without any. */
    private static final long NO_DAY = Long.MAX_VALUE;

    private final JdbcTemplate jdbc;
    private final MeasurementProperties properties;
    private final Clock clock;
    private final Cache<StreamName, Series> known =
            Caffeine.newBuilder().maximumSize(MEMORY).build();

    SeriesCatalog(JdbcTemplate jdbc, MeasurementProperties properties, Clock clock) {
        this.jdbc = jdbc;
        this.properties = properties;
        this.clock = clock;
    }

    /**
     * Finds the series of streams and makes those that are new; outside the transaction that stores measurements, since a series
     * without any does no harm.
     *
     * @return the series that there are; a stream that its device may not have any more is missing
     */
    Map<StreamName, Series> resolve(Collection<StreamName> names) {
        Map<StreamName, Series> found = new HashMap<>(known.getAllPresent(names));
        List<StreamName> unknown = names.stream()
                .filter(name -> !found.containsKey(name))
                .distinct()
                .toList();
        if (!unknown.isEmpty()) {
            Map<StreamName, Series> loaded = load(unknown);
            known.putAll(loaded);
            found.putAll(loaded);
        }
        return found;
    }

    /** Remembers that series reach over more days, once that is committed. */
    void remember(Map<StreamName, Series> grown) {
        known.putAll(grown);
    }

    /** Forgets series that proved to be gone. */
    void forget(Collection<StreamName> gone) {
        known.invalidateAll(gone);
    }

    /**
     * Deletes series whose last day has outlived its retention: their devices may have others instead. One that is being written to
     * is left, and whoever has it in memory finds out when it is to reach over a new day.
     */
    @Scheduled(initialDelay = 60_000, fixedDelay = 3_600_000)
    void prune() {
        jdbc.update("""
                DELETE FROM series WHERE id IN (
                    SELECT id FROM series WHERE last_day < ? FOR UPDATE SKIP LOCKED)""", properties.firstDay(clock));
    }

    private Map<StreamName, Series> load(List<StreamName> names) {
        Map<StreamName, Series> loaded = select(names);
        List<StreamName> absent =
                names.stream().filter(name -> !loaded.containsKey(name)).toList();
        if (!absent.isEmpty()) {
            create(absent);
            loaded.putAll(select(absent));
        }
        return loaded;
    }

    private Map<StreamName, Series> select(List<StreamName> names) {
        Map<StreamName, Series> series = new HashMap<>();
        jdbc.query(
                """
                SELECT s.tenant, s.device, s.stream, s.id,
                       s.first_day - date '1970-01-01' AS first_day, s.last_day - date '1970-01-01' AS last_day
                FROM series s JOIN unnest(?, ?, ?) AS n(tenant, device, stream) USING (tenant, device, stream)""",
                statement -> {
                    statement.setObject(1, column(names, StreamName::tenant));
                    statement.setObject(2, column(names, StreamName::device));
                    statement.setObject(3, column(names, StreamName::stream));
                },
                row -> {
                    long last = row.getLong("last_day");
                    boolean empty = row.wasNull();
                    series.put(
                            new StreamName(row.getString("tenant"), row.getString("device"), row.getString("stream")),
                            new Series(row.getLong("id"), empty ? NO_DAY : row.getLong("first_day"), empty ? 0 : last));
                });
        return series;
    }

    /** Makes series, as many as each device may have; two replicas may meet here, hence the conflict. */
    private void create(List<StreamName> names) {
        jdbc.update(
                """
                INSERT INTO series (tenant, device, stream)
                SELECT tenant, device, stream
                FROM (SELECT n.*, row_number() OVER (PARTITION BY tenant, device) AS position
                      FROM unnest(?, ?, ?) AS n(tenant, device, stream)) AS fresh
                WHERE position + (SELECT count(*) FROM series s
                                  WHERE s.tenant = fresh.tenant AND s.device = fresh.device) <= ?
                ON CONFLICT DO NOTHING""",
                column(names, StreamName::tenant),
                column(names, StreamName::device),
                column(names, StreamName::stream),
                properties.maxStreams());
    }

    private static String[] column(List<StreamName> names, java.util.function.Function<StreamName, String> part) {
        return names.stream().map(part).toArray(String[]::new);
    }
}
