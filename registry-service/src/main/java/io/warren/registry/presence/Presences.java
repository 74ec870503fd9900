package io.warren.registry.presence;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.device.DeviceId;
import io.warren.contracts.device.TenantId;
import io.warren.contracts.registry.FlappingEvent;
import io.warren.contracts.registry.SilenceEvent;
import io.warren.registry.Columns;
import io.warren.registry.RegistryProblems;
import io.warren.registry.presence.ConnectionChange.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Which devices are there. */
@Repository
public class Presences {

    private final JdbcClient jdbc;
    private final Clock clock;

    Presences(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Begins to keep account of new devices, in the transaction that makes them. */
    public void begin(Collection<DeviceAddress> addresses) {
        jdbc.sql("INSERT INTO presence (tenant, device) SELECT * FROM unnest(?, ?)")
                .param(Columns.of(addresses, DeviceAddress::tenant))
                .param(Columns.of(addresses, DeviceAddress::device))
                .update();
    }

    /** The presence of some of a tenant's devices; those that do not exist are left out. */
    public Map<DeviceId, Presence> of(TenantId tenant, Collection<DeviceId> devices) {
        if (devices.isEmpty()) {
            return Map.of();
        }
        return jdbc
                .sql("""
                        SELECT device, connected, last_seen_at, flapping_since IS NOT NULL AS flapping, silent FROM presence
                        WHERE tenant = :tenant AND device IN (:devices)""")
                .param("tenant", tenant.value())
                .param("devices", devices.stream().map(DeviceId::value).toList())
                .query((row, _) -> Map.entry(
                        new DeviceId(row.getString("device")),
                        new Presence(
                                row.getBoolean("connected"),
                                instant(row, "last_seen_at"),
                                row.getBoolean("flapping"),
                                row.getBoolean("silent"))))
                .list()
                .stream()
                .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Makes sure that there is such a device, connected or not; the problem of an unknown one otherwise. */
    void require(DeviceAddress address) {
        if (of(address.tenant(), List.of(address.device())).isEmpty()) {
            throw RegistryProblems.deviceNotFound(address);
        }
    }

    /** The devices that are reached on the connections of these: themselves, and those behind them that are enabled. */
    Set<DeviceAddress> reachedThrough(Set<DeviceAddress> connected) {
        return Set.copyOf(jdbc.sql("""
                        WITH connected AS (SELECT tenant, device FROM unnest(?, ?) AS connected (tenant, device))
                        SELECT tenant, id FROM device JOIN connected USING (tenant)
                        WHERE id = connected.device AND gateway IS NULL
                        UNION ALL
                        SELECT tenant, id FROM device JOIN connected USING (tenant) WHERE gateway = connected.device AND enabled""")
                .param(Columns.of(connected, DeviceAddress::tenant))
                .param(Columns.of(connected, DeviceAddress::device))
                .query((row, _) -> DeviceAddress.of(row.getString("tenant"), row.getString("id")))
                .list());
    }

    /**
     * Those of some devices that can be reached now, themselves or through a gateway device. That stays so until the transaction
     * ends, for the reason given at {@link #holdConnected}.
     */
    public Set<DeviceAddress> reachable(Set<DeviceAddress> addresses) {
        if (addresses.isEmpty()) {
            return Set.of();
        }
        return jdbc
                .sql("""
                        SELECT device.tenant, id, connected AND (gateway IS NULL OR enabled) AS connected FROM device
                        JOIN unnest(?, ?) AS asked (tenant, id) USING (tenant, id)
                        JOIN presence ON presence.tenant = device.tenant AND presence.device = coalesce(gateway, id)
                        ORDER BY device.tenant, presence.device FOR SHARE OF presence""")
                .param(Columns.of(addresses, DeviceAddress::tenant))
                .param(Columns.of(addresses, DeviceAddress::device))
                .query((row, _) -> Map.entry(
                        DeviceAddress.of(row.getString("tenant"), row.getString("id")), row.getBoolean("connected")))
                .list()
                .stream()
                .filter(Map.Entry::getValue)
                .map(Map.Entry::getKey)
                .collect(toSet());
    }

    /**
     * Whether a device is there, or, if it is enabled, the gateway device it sits behind: a disabled one has no connection of its
     * own for long, a gateway's stays. It neither comes nor goes until the transaction ends, so that
     * whoever acts on the answer and whoever acts on its coming do not miss each other.
     */
    public boolean holdConnected(DeviceAddress address) {
        return jdbc.sql("""
                        SELECT connected AND (gateway IS NULL OR enabled) FROM device
                        JOIN presence ON presence.tenant = device.tenant AND presence.device = coalesce(gateway, id)
                        WHERE device.tenant = ? AND id = ? FOR SHARE OF presence""")
                .params(address.tenant().value(), address.device().value())
                .query(Boolean.class)
                .optional()
                .orElse(false);
    }

    /** The same for many devices of a tenant: those that are there. */
    public Set<DeviceId> holdConnected(TenantId tenant, Collection<DeviceId> devices) {
        return jdbc
                .sql("""
                        SELECT id AS device, connected AND (gateway IS NULL OR enabled) AS connected FROM device
                        JOIN presence ON presence.tenant = device.tenant AND presence.device = coalesce(gateway, id)
                        WHERE device.tenant = ? AND id = ANY (?)
                        ORDER BY presence.device FOR SHARE OF presence""")
                .param(tenant.value())
                .param(Columns.of(devices, DeviceId::value))
                .query((row, _) -> Map.entry(new DeviceId(row.getString("device")), row.getBoolean("connected")))
                .list()
                .stream()
                .filter(Map.Entry::getValue)
                .map(Map.Entry::getKey)
                .collect(toSet());
    }

    /**
     * Locks what is on record of devices; those that do not exist are left out. The devices themselves come first, in the order of
     * whoever deletes one, and everybody takes them in the order of their names, or two would wait for each other.
     */
    Map<DeviceAddress, OnRecord> lock(Set<DeviceAddress> addresses) {
        return jdbc
                .sql("""
                        WITH held AS MATERIALIZED
                            (SELECT tenant, id, type, enabled
                             FROM device JOIN unnest(?, ?) AS asked (tenant, id) USING (tenant, id)
                             ORDER BY tenant, id FOR KEY SHARE OF device)
                        SELECT presence.tenant, device, connected, epoch, connection_name, connected_at, last_seen_at,
                               flapping_since, flapping_connects, silent, silent_at,
                               CASE WHEN enabled THEN offline_after END AS may_be_silent
                        FROM presence JOIN held ON presence.tenant = held.tenant AND device = held.id
                             LEFT JOIN device_type ON device_type.tenant = held.tenant AND device_type.id = held.type
                        ORDER BY presence.tenant, device FOR UPDATE OF presence""")
                .param(Columns.of(addresses, DeviceAddress::tenant))
                .param(Columns.of(addresses, DeviceAddress::device))
                .query((row, _) ->
                        Map.entry(DeviceAddress.of(row.getString("tenant"), row.getString("device")), onRecord(row)))
                .list()
                .stream()
                .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Puts on record what has become of devices; their rows are locked. */
    void update(Map<DeviceAddress, OnRecord> changed) {
        if (changed.isEmpty()) {
            return;
        }
        jdbc.sql("""
                        UPDATE presence SET connected = changed.connected, epoch = changed.epoch,
                                            connection_name = changed.connection_name, connected_at = changed.connected_at,
                                            last_seen_at = changed.last_seen_at, flapping_since = changed.flapping_since,
                                            flapping_connects = changed.flapping_connects,
                                            silent_at = changed.silent_at, silent = changed.silent
                        FROM unnest(?, ?, ?::boolean[], ?::bigint[], ?, ?::timestamptz[], ?::timestamptz[],
                                    ?::timestamptz[], ?::int[], ?::timestamptz[], ?::boolean[])
                             AS changed (tenant, device, connected, epoch, connection_name, connected_at, last_seen_at,
                                         flapping_since, flapping_connects, silent_at, silent)
                        WHERE presence.tenant = changed.tenant AND presence.device = changed.device""")
                .param(Columns.of(changed.keySet(), DeviceAddress::tenant))
                .param(Columns.of(changed.keySet(), DeviceAddress::device))
                .param(Columns.of(changed.values(), OnRecord::connected))
                .param(Columns.of(changed.values(), OnRecord::epoch))
                .param(Columns.of(changed.values(), OnRecord::name))
                .param(Columns.of(changed.values(), OnRecord::connectedAt))
                .param(Columns.of(changed.values(), OnRecord::lastSeenAt))
                .param(Columns.of(changed.values(), OnRecord::flappingSince))
                .param(Columns.of(changed.values(), OnRecord::flappingConnects))
                .param(Columns.of(changed.values(), OnRecord::silentAt))
                .param(Columns.of(changed.values(), OnRecord::silent))
                .update();
    }

    /** A device's presence in full. */
    Optional<PresenceView> find(DeviceAddress address) {
        return jdbc.sql("""
                        SELECT connected, presence.connected_at, last_seen_at, epoch, address, protocol,
                               flapping_since, flapping_connects, silent, silent_at
                        FROM presence LEFT JOIN connection USING (tenant, device, epoch)
                        WHERE tenant = ? AND device = ?""")
                .params(address.tenant().value(), address.device().value())
                .query((row, _) -> view(row))
                .optional();
    }

    /** Takes up to {@code limit} devices off the record of those that connect again and again. */
    List<FlappingEvent> endFlapping(Instant connectedBefore, int limit) {
        Instant now = clock.instant();
        return jdbc.sql("""
                        WITH steady AS MATERIALIZED
                            (SELECT tenant, device, flapping_since, flapping_connects FROM presence
                             WHERE flapping_since IS NOT NULL AND connected_at < ?
                             ORDER BY connected_at LIMIT ? FOR UPDATE SKIP LOCKED)
                        UPDATE presence SET flapping_since = NULL, flapping_connects = 0
                        FROM steady WHERE presence.tenant = steady.tenant AND presence.device = steady.device
                        RETURNING presence.tenant, presence.device, epoch, steady.flapping_since, steady.flapping_connects""")
                .params(Timestamp.from(connectedBefore), limit)
                .query((row, _) -> new FlappingEvent(
                        row.getString("tenant"),
                        row.getString("device"),
                        row.getLong("epoch"),
                        row.getTimestamp("flapping_since").toInstant(),
                        row.getInt("flapping_connects"),
                        now))
                .list();
    }

    /**
     * Notes when devices were heard of, unless that was noted not long before.
     *
     * @param heard when the newest of each came, by the broker's clock or ours
     * @param properties how much later than what is on record it must be, but for devices that are silent
     * @return those that had been silent and are no longer
     */
    List<SilenceEvent> hear(Map<DeviceAddress, Instant> heard, PresenceProperties properties) {
        return jdbc
                .sql("""
                        WITH heard AS MATERIALIZED
                            (SELECT p.tenant, p.device, at, p.silent AS was_silent, p.silent_at AS since,
                                    CASE WHEN enabled THEN at + make_interval(secs => offline_after + ?) END AS silent_at
                             FROM unnest(?, ?, ?::timestamptz[]) AS asked (tenant, device, at)
                                  JOIN presence p USING (tenant, device)
                                  JOIN device d ON d.tenant = p.tenant AND d.id = p.device
                                  LEFT JOIN device_type t ON t.tenant = d.tenant AND t.id = d.type
                             WHERE p.last_seen_at IS NULL
                                OR p.last_seen_at <= at - make_interval(secs => CASE WHEN p.silent THEN 0 ELSE ? END)
                             ORDER BY p.tenant, p.device FOR UPDATE OF p),
                        judged AS (SELECT *, was_silent AND silent_at <= ? AS still_silent FROM heard)
                        UPDATE presence SET last_seen_at = greatest(presence.last_seen_at, at),
                                            silent = coalesce(still_silent, false),
                                            silent_at = CASE WHEN still_silent THEN since ELSE judged.silent_at END
                        FROM judged WHERE presence.tenant = judged.tenant AND presence.device = judged.device
                        RETURNING presence.tenant, presence.device, epoch, since, at,
                                  was_silent AND NOT presence.silent AS is_back""")
                .param(seconds(properties.hearsay()))
                .param(Columns.of(heard.keySet(), DeviceAddress::tenant))
                .param(Columns.of(heard.keySet(), DeviceAddress::device))
                .param(Columns.of(heard.values(), at -> at))
                .param(seconds(properties.seenEvery()))
                .param(Timestamp.from(clock.instant()))
                .query((row, _) ->
                        row.getBoolean("is_back") ? Optional.of(heardAgain(row)) : Optional.<SilenceEvent>empty())
                .list()
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    /** Notes of up to {@code limit} devices that the time is over for which nothing may be heard of them. */
    List<SilenceEvent> fallSilent(int limit) {
        Instant now = clock.instant();
        return jdbc.sql("""
                        WITH due AS MATERIALIZED
                            (SELECT tenant, device FROM presence WHERE silent_at <= ? AND NOT silent
                             ORDER BY silent_at LIMIT ? FOR UPDATE SKIP LOCKED)
                        UPDATE presence SET silent = true FROM due
                        WHERE presence.tenant = due.tenant AND presence.device = due.device
                        RETURNING presence.tenant, presence.device, epoch, silent_at""")
                .params(Timestamp.from(now), limit)
                .query((row, _) -> new SilenceEvent(
                        row.getString("tenant"),
                        row.getString("device"),
                        row.getLong("epoch"),
                        row.getTimestamp("silent_at").toInstant(),
                        now))
                .list();
    }

    /** How many devices are connected, connect again and again, or have not been heard of for too long. */
    Counts count() {
        return jdbc.sql("""
                        SELECT (SELECT count(*) FROM presence WHERE connected) AS connected,
                               (SELECT count(*) FROM presence WHERE flapping_since IS NOT NULL) AS flapping,
                               (SELECT count(*) FROM presence WHERE silent) AS silent""")
                .query((row, _) -> new Counts(row.getLong("connected"), row.getLong("flapping"), row.getLong("silent")))
                .single();
    }

    /** Every device that is on record as connected, with its connection. */
    Map<DeviceAddress, Connection> allConnected() {
        Map<DeviceAddress, Connection> all = new HashMap<>();
        jdbc.sql("SELECT tenant, device, connection_name, connected_at FROM presence WHERE connected")
                .query(row -> {
                    Instant connectedAt = instant(row, "connected_at");
                    if (connectedAt != null) {
                        all.put(
                                DeviceAddress.of(row.getString("tenant"), row.getString("device")),
                                new Connection(row.getString("connection_name"), connectedAt, null, null));
                    }
                });
        return all;
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1_000.0;
    }

    private static SilenceEvent heardAgain(ResultSet row) throws SQLException {
        return new SilenceEvent(
                row.getString("tenant"),
                row.getString("device"),
                row.getLong("epoch"),
                row.getTimestamp("since").toInstant(),
                row.getTimestamp("at").toInstant());
    }

    private static PresenceView view(ResultSet row) throws SQLException {
        boolean connected = row.getBoolean("connected");
        Instant flappingSince = instant(row, "flapping_since");
        return new PresenceView(
                connected,
                instant(row, "last_seen_at"),
                connected ? instant(row, "connected_at") : null,
                connected ? row.getLong("epoch") : null,
                connected ? row.getString("address") : null,
                connected ? row.getString("protocol") : null,
                flappingSince == null
                        ? null
                        : new PresenceView.Flapping(flappingSince, row.getInt("flapping_connects")),
                row.getBoolean("silent")
                        ? new PresenceView.Silent(row.getTimestamp("silent_at").toInstant())
                        : null);
    }

    private static OnRecord onRecord(ResultSet row) throws SQLException {
        return new OnRecord(
                row.getBoolean("connected"),
                row.getLong("epoch"),
                row.getString("connection_name"),
                instant(row, "connected_at"),
                instant(row, "last_seen_at"),
                instant(row, "flapping_since"),
                row.getInt("flapping_connects"),
                row.getObject("may_be_silent") == null ? null : Duration.ofSeconds(row.getLong("may_be_silent")),
                instant(row, "silent_at"),
                row.getBoolean("silent"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp timestamp = row.getTimestamp(column);
        return timestamp == null ? null : timestamp.toInstant();
    }

    /** How many devices there are. */
    record Counts(long connected, long flapping, long silent) {}
}
