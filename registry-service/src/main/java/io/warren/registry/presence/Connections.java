package io.warren.registry.presence;

import static java.util.stream.Collectors.toMap;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.warren.contracts.device.DeviceAddress;
import io.warren.registry.Columns;
import io.warren.registry.presence.ConnectionChange.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Every connection that there was, for as long as history is kept. */
@Repository
public class Connections {

    /** The broker ends a connection at once when the device signs in on another; the nodes' clocks may differ. */
    private static final Duration YIELDS_WITHIN = Duration.ofSeconds(10);

    private final JdbcClient jdbc;
    private final Clock clock;

    Connections(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Notes that connections were opened.
     *
     * @param opened no two of the same device
     * @return their epochs, without those that are known already, be it as closed
     */
    Map<DeviceAddress, Long> open(List<ConnectionChange> opened) {
        if (opened.isEmpty()) {
            return Map.of();
        }
        return jdbc.sql("""
                        INSERT INTO connection (tenant, device, name, address, protocol, connected_at)
                        SELECT * FROM unnest(?, ?, ?, ?, ?, ?::timestamptz[])
                        ON CONFLICT DO NOTHING RETURNING tenant, device, epoch""").params(identity(opened)).query(Connections::epoch).list().stream()
                .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /**
     * Takes back that connections were lost.
     *
     * @param listed connections that the broker has after all, no two of the same device
     * @return the epochs of those that have not ended, which are new for those that were thought lost
     */
    Map<DeviceAddress, Long> openAgain(List<ConnectionChange> listed) {
        if (listed.isEmpty()) {
            return Map.of();
        }
        return jdbc
                .sql("""
                        UPDATE connection SET disconnected_at = NULL, cause = NULLIF(cause, ?),
                            epoch = CASE WHEN disconnected_at IS NULL THEN epoch ELSE nextval('connection_epoch') END
                        FROM unnest(?, ?, ?, ?, ?, ?::timestamptz[])
                             AS listed (tenant, device, name, address, protocol, connected_at)
                        WHERE connection.tenant = listed.tenant AND connection.device = listed.device
                          AND connection.name = listed.name AND connection.connected_at = listed.connected_at
                          AND (disconnected_at IS NULL OR cause = ?)
                        RETURNING connection.tenant, connection.device, epoch""")
                .param(ConnectionChange.LOST)
                .params(identity(listed))
                .param(ConnectionChange.LOST)
                .query(Connections::epoch)
                .list()
                .stream()
                .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /**
     * Notes the end of connections, known or not.
     *
     * @param closed no two of the same device
     * @return what was found out about those that had not ended before
     */
    Map<DeviceAddress, Ending> close(List<ConnectionChange> closed) {
        if (closed.isEmpty()) {
            return Map.of();
        }
        // what the platform does it knows beforehand: see closing
        return jdbc
                .sql("""
                        WITH ended AS (
                            INSERT INTO connection
                                (tenant, device, name, address, protocol, connected_at, disconnected_at, cause)
                            SELECT * FROM unnest(?, ?, ?, ?, ?, ?::timestamptz[], ?::timestamptz[], ?)
                            ON CONFLICT (tenant, device, name, connected_at)
                            DO UPDATE SET disconnected_at = excluded.disconnected_at,
                                          cause = coalesce(excluded.cause, connection.cause,
                                              CASE WHEN abs(extract(epoch FROM excluded.disconnected_at - connection.yielding_at)) < ?
                                                   THEN ? END)
                            WHERE connection.disconnected_at IS NULL
                            RETURNING tenant, device, epoch, cause)
                        SELECT DISTINCT ON (ended.tenant, ended.device)
                               ended.tenant, ended.device, ended.cause,
                               other.epoch, other.name, other.connected_at, other.address, other.protocol
                        FROM ended LEFT JOIN connection other
                          ON other.tenant = ended.tenant AND other.device = ended.device
                             AND other.epoch > ended.epoch AND other.disconnected_at IS NULL
                        ORDER BY ended.tenant, ended.device, other.epoch DESC""")
                .params(identity(closed))
                .param(Columns.of(closed, ConnectionChange::closedAt))
                .param(Columns.of(closed, ConnectionChange::cause))
                .param(YIELDS_WITHIN.toSeconds())
                .param(ConnectionChange.REPLACED)
                .query((row, _) ->
                        Map.entry(DeviceAddress.of(row.getString("tenant"), row.getString("device")), ending(row)))
                .list()
                .stream()
                .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Notes that devices sign in anew while these connections of theirs are open: their ends, if they come now, are due to that. */
    void yielding(List<Replaced> yielding) {
        if (yielding.isEmpty()) {
            return;
        }
        jdbc.sql("""
                        UPDATE connection SET yielding_at = at FROM unnest(?::bigint[], ?::timestamptz[]) AS yielding (number, at)
                        WHERE epoch = number AND disconnected_at IS NULL""")
                .param(Columns.of(yielding, Replaced::epoch))
                .param(Columns.of(yielding, Replaced::at))
                .update();
    }

    /**
     * Notes that connections gave way to others, whose beginning was the end of theirs, unless their end is known already and
     * why.
     *
     * @param replaced no two the same
     */
    void replace(List<Replaced> replaced) {
        if (replaced.isEmpty()) {
            return;
        }
        jdbc.sql("""
                        UPDATE connection SET cause = coalesce(cause, ?),
                                              disconnected_at = coalesce(disconnected_at, greatest(connected_at, by_then))
                        FROM unnest(?::bigint[], ?::timestamptz[]) AS replaced (number, by_then)
                        WHERE epoch = number AND (disconnected_at IS NULL OR cause IS NULL AND disconnected_at >= by_then)""")
                .param(ConnectionChange.REPLACED)
                .param(Columns.of(replaced, Replaced::epoch))
                .param(Columns.of(replaced, Replaced::at))
                .update();
    }

    /**
     * Which of some devices connected more than so many times within some time, up to their newest connections.
     *
     * @param since by device, when that time began
     */
    Set<DeviceAddress> moreThan(int times, Map<DeviceAddress, Instant> since) {
        if (since.isEmpty()) {
            return Set.of();
        }
        return Set.copyOf(jdbc.sql("""
                        SELECT asked.tenant, asked.device
                        FROM unnest(?, ?, ?::timestamptz[]) AS asked (tenant, device, since),
                             LATERAL (SELECT connected_at FROM connection c
                                      WHERE c.tenant = asked.tenant AND c.device = asked.device
                                      ORDER BY epoch DESC OFFSET ? LIMIT 1) AS earliest
                        WHERE connected_at > since""")
                .param(Columns.of(since.keySet(), DeviceAddress::tenant))
                .param(Columns.of(since.keySet(), DeviceAddress::device))
                .param(Columns.of(since.values(), time -> time))
                .param(times)
                .query((row, _) -> DeviceAddress.of(row.getString("tenant"), row.getString("device")))
                .list());
    }

    /**
     * Notes that the open connections of some devices are about to be closed by the platform: because the device is disabled, or
     * else because what it proved itself with was taken away or has ended.
     */
    public void closing(Collection<DeviceAddress> addresses) {
        jdbc.sql("""
                        UPDATE connection SET cause = CASE WHEN enabled THEN 'revoked' ELSE 'disabled' END
                        FROM device JOIN unnest(?, ?) AS asked (tenant, id) USING (tenant, id)
                        WHERE connection.tenant = device.tenant AND connection.device = device.id
                          AND disconnected_at IS NULL""")
                .param(Columns.of(addresses, DeviceAddress::tenant))
                .param(Columns.of(addresses, DeviceAddress::device))
                .update();
    }

    /** A device's connections, the newest first, from below an epoch. */
    List<ConnectionView> of(DeviceAddress address, long below, int limit) {
        Instant now = clock.instant();
        return jdbc.sql("""
                        SELECT epoch, address, protocol, connected_at, disconnected_at, cause FROM connection
                        WHERE tenant = ? AND device = ? AND epoch < ? ORDER BY epoch DESC LIMIT ?""")
                .params(address.tenant().value(), address.device().value(), below, limit)
                .query((row, _) -> {
                    Instant begin = row.getTimestamp("connected_at").toInstant();
                    Timestamp end = row.getTimestamp("disconnected_at");
                    return new ConnectionView(
                            row.getLong("epoch"),
                            row.getString("address"),
                            row.getString("protocol"),
                            begin,
                            end == null ? null : end.toInstant(),
                            seconds(begin, end == null ? now : end.toInstant()),
                            end == null ? null : row.getString("cause"));
                })
                .list();
    }

    /** Forgets connections that ended before a time, and those that began before it and whose end nobody heard. */
    int forgetBefore(Instant time) {
        int ended = jdbc.sql("DELETE FROM connection WHERE disconnected_at < ?")
                .param(Timestamp.from(time))
                .update();
        return ended + jdbc.sql("""
                                DELETE FROM connection USING presence
                                WHERE connection.disconnected_at IS NULL AND connection.connected_at < ?
                                  AND presence.tenant = connection.tenant AND presence.device = connection.device
                                  AND (presence.epoch <> connection.epoch OR NOT presence.connected)""").param(Timestamp.from(time)).update();
    }

    private static Ending ending(ResultSet row) throws SQLException {
        String name = row.getString("name");
        Open other = name == null
                ? null
                : new Open(
                        row.getLong("epoch"),
                        new Connection(
                                name,
                                row.getTimestamp("connected_at").toInstant(),
                                row.getString("address"),
                                row.getString("protocol")));
        return new Ending(row.getString("cause"), other);
    }

    /** To the millisecond; none where the broker's clock is ahead of ours. */
    private static double seconds(Instant begin, Instant end) {
        return Math.max(0, Duration.between(begin, end).toMillis()) / 1_000.0;
    }

    private static Map.Entry<DeviceAddress, Long> epoch(ResultSet row, int number) throws SQLException {
        return Map.entry(DeviceAddress.of(row.getString("tenant"), row.getString("device")), row.getLong("epoch"));
    }

    private static List<Object> identity(List<ConnectionChange> news) {
        return List.of(
                Columns.of(news, change -> change.address().tenant()),
                Columns.of(news, change -> change.address().device()),
                Columns.of(news, change -> change.connection().name()),
                Columns.of(news, change -> change.connection().from()),
                Columns.of(news, change -> change.connection().protocol()),
                Columns.of(news, change -> change.connection().connectedAt()));
    }

    /**
     * What is found out at the end of a connection.
     *
     * @param cause why it ended, where known
     * @param other another connection of the device that was heard of later and is open
     */
    record Ending(@Nullable String cause, @Nullable Open other) {}

    /** An open connection. */
    record Open(long epoch, Connection connection) {}

    /**
     * A connection that gives way to another.
     *
     * @param epoch which
     * @param at when the other began, or signed in
     */
    record Replaced(long epoch, Instant at) {}

    /**
     * A connection as callers see it; without an end it is still open.
     *
     * @param duration seconds that it lasted, or has lasted so far
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ConnectionView(
            long epoch,
            @Nullable String address,
            @Nullable String protocol,
            Instant connectedAt,
            @Nullable Instant disconnectedAt,
            double duration,
            @Nullable String cause) {}
}
