package io.warren.telemetry.measurement;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** All measurements, to be added to. */
@Component
public class Measurements {

    private static final String INSERT = """
            INSERT INTO measurement (series_id, ts, key, seq, received_at, values)
            SELECT series_id, timestamptz 'epoch' + ts * interval '1 microsecond', key, CASE WHEN numbered THEN key END,
                   timestamptz 'epoch' + received_at * interval '1 microsecond', body::jsonb
            FROM unnest(?, ?, ?, ?, ?, ?) AS m(series_id, ts, key, numbered, received_at, body)
            ON CONFLICT DO NOTHING""";

    private final JdbcTemplate jdbc;
    private final SeriesCatalog catalog;
    private final Partitions partitions;

    Measurements(JdbcTemplate jdbc, SeriesCatalog catalog, Partitions partitions) {
        this.jdbc = jdbc;
        this.catalog = catalog;
        this.partitions = partitions;
    }

    /**
     * Prepares what measurements need to be stored: their series and partitions. To be called before the transaction that stores
     * them, because both stay whatever becomes of it.
     *
     * @return the streams that cannot be stored, since their devices have as many as they may have
     */
    public Set<StreamName> prepare(Collection<Measurement> measurements) {
        measurements.stream().mapToLong(Measurement::day).distinct().forEach(partitions::ensure);
        Set<StreamName> names = measurements.stream().map(Measurement::stream).collect(Collectors.toSet());
        Map<StreamName, Series> series = catalog.resolve(names);
        return names.stream().filter(name -> !series.containsKey(name)).collect(Collectors.toSet());
    }

    /** To be called when a partition proved to be missing although {@link #prepare} had seen it. */
    public void forgetPartitions() {
        partitions.forget();
    }

    /**
     * Stores measurements in the caller's transaction, leaving out those that are there already.
     *
     * @param measurements of prepared streams
     * @return how many were not there yet
     */
    public int add(List<Measurement> measurements) {
        if (measurements.isEmpty()) {
            return 0;
        }
        Map<StreamName, Series> series =
                catalog.resolve(measurements.stream().map(Measurement::stream).collect(Collectors.toSet()));
        int added = insert(measurements, series);
        grow(measurements, series);
        return added;
    }

    /**
     * Finds what was stored in the same millisecond of the same streams as some measurements.
     *
     * @param measurements of prepared streams
     */
    public List<Stored> storedInTheMillisecondOf(List<Measurement> measurements) {
        Map<StreamName, Series> series =
                catalog.resolve(measurements.stream().map(Measurement::stream).collect(Collectors.toSet()));
        Map<Long, StreamName> names = new HashMap<>();
        series.forEach((name, each) -> names.put(each.id(), name));
        Long[] ids = new Long[measurements.size()];
        Long[] millis = new Long[measurements.size()];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = id(series, measurements.get(i));
            millis[i] = Math.floorDiv(measurements.get(i).ts(), 1000);
        }
        return jdbc.query(
                """
                SELECT m.series_id, (extract(epoch FROM m.ts) * 1000000)::bigint AS ts, m.key
                FROM (SELECT DISTINCT series_id, timestamptz 'epoch' + millis * interval '1 millisecond' AS ts
                      FROM unnest(?, ?) AS u(series_id, millis)) AS asked
                     CROSS JOIN LATERAL (
                      SELECT * FROM measurement m
                      WHERE m.series_id = asked.series_id
                        AND m.ts >= asked.ts AND m.ts < asked.ts + interval '1 millisecond') AS m""",
                statement -> {
                    Connection connection = statement.getConnection();
                    statement.setArray(1, connection.createArrayOf("int8", ids));
                    statement.setArray(2, connection.createArrayOf("int8", millis));
                },
                (row, _) -> new Stored(
                        Objects.requireNonNull(names.get(row.getLong("series_id"))),
                        row.getLong("ts"),
                        row.getLong("key")));
    }

    /** What identifies a measurement that is in the database already. */
    public record Stored(StreamName stream, long ts, long key) {}

    private int insert(List<Measurement> measurements, Map<StreamName, Series> series) {
        int size = measurements.size();
        Long[] ids = new Long[size];
        Long[] times = new Long[size];
        Long[] keys = new Long[size];
        Boolean[] numbered = new Boolean[size];
        Long[] arrivals = new Long[size];
        String[] values = new String[size];
        for (int i = 0; i < size; i++) {
            Measurement measurement = measurements.get(i);
            ids[i] = id(series, measurement);
            times[i] = measurement.ts();
            keys[i] = measurement.key();
            numbered[i] = measurement.numbered();
            arrivals[i] = measurement.receivedAt();
            values[i] = measurement.values();
        }
        return jdbc.update(INSERT, statement -> {
            Connection connection = statement.getConnection();
            statement.setArray(1, connection.createArrayOf("int8", ids));
            statement.setArray(2, connection.createArrayOf("int8", times));
            statement.setArray(3, connection.createArrayOf("int8", keys));
            statement.setArray(4, connection.createArrayOf("bool", numbered));
            statement.setArray(5, connection.createArrayOf("int8", arrivals));
            statement.setArray(6, connection.createArrayOf("text", values));
        });
    }

    private static long id(Map<StreamName, Series> series, Measurement measurement) {
        return Objects.requireNonNull(series.get(measurement.stream()), "a stream that was not prepared")
                .id();
    }

    /**
     * Widens the days of series that got a measurement outside them: once a day for a device whose clock goes.
     *
     * @throws ConcurrencyFailureException if a series is gone; the next try makes it anew
     */
    private void grow(List<Measurement> measurements, Map<StreamName, Series> series) {
        Map<StreamName, Series> grown = new HashMap<>();
        for (Measurement measurement : measurements) {
            Series before = grown.getOrDefault(measurement.stream(), series.get(measurement.stream()));
            if (before != null && !before.covers(measurement.day())) {
                grown.put(measurement.stream(), before.including(measurement.day()));
            }
        }
        if (grown.isEmpty()) {
            return;
        }
        // in the order of their ids, as every other writer does, so that two never wait for each other
        TreeMap<Long, Series> byId = new TreeMap<>();
        grown.values().forEach(each -> byId.put(each.id(), each));
        List<Object[]> rows = new ArrayList<>();
        byId.values().forEach(each -> rows.add(new Object[] {each.firstDay(), each.lastDay(), each.id()}));
        int[] updated = jdbc.batchUpdate("""
                UPDATE series SET first_day = LEAST(first_day, date '1970-01-01' + ?::int),
                                  last_day = GREATEST(last_day, date '1970-01-01' + ?::int)
                WHERE id = ?""", rows);
        if (Arrays.stream(updated).anyMatch(count -> count == 0)) {
            catalog.forget(grown.keySet());
            throw new ConcurrencyFailureException("A stream was deleted for its age and has come back to life");
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                catalog.remember(grown);
            }
        });
    }
}
