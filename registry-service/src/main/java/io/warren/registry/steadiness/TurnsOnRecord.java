package io.warren.registry.steadiness;

import static java.util.stream.Collectors.toMap;

import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.device.DeviceId;
import io.warren.contracts.device.TenantId;
import io.warren.registry.Columns;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** How often the configurations of devices came and went lately. */
@Repository
public class TurnsOnRecord {

    private static final TypeReference<Map<String, Long>> VERSIONS = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final JsonMapper json;

    TurnsOnRecord(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** Those of devices; where nothing came or went lately, there are none. */
    public Map<DeviceAddress, Turns> of(Collection<DeviceAddress> devices) {
        return jdbc
                .sql("""
                        SELECT configuration_turns.* FROM configuration_turns
                        JOIN unnest(?, ?) AS asked (tenant, device) USING (tenant, device)""")
                .param(Columns.of(devices, DeviceAddress::tenant))
                .param(Columns.of(devices, DeviceAddress::device))
                .query((row, _) -> {
                    Timestamp heldAt = row.getTimestamp("held_at");
                    return new Turns(
                            DeviceAddress.of(row.getString("tenant"), row.getString("device")),
                            row.getTimestamp("since").toInstant(),
                            row.getInt("turns"),
                            json.readValue(row.getString("configurations"), VERSIONS),
                            heldAt == null ? null : heldAt.toInstant());
                })
                .list()
                .stream()
                .collect(toMap(Turns::device, turns -> turns));
    }

    void save(Collection<Turns> turns) {
        jdbc.sql("""
                        INSERT INTO configuration_turns (tenant, device, since, turns, configurations, held_at)
                        SELECT * FROM unnest(?, ?, ?::timestamptz[], ?::int[], ?::jsonb[], ?::timestamptz[])
                                      AS made (tenant, device, since, turns, configurations, held_at)
                        ORDER BY tenant, device
                        ON CONFLICT (tenant, device) DO UPDATE
                        SET since = excluded.since, turns = excluded.turns, configurations = excluded.configurations,
                            held_at = excluded.held_at""")
                .param(Columns.of(turns, turn -> turn.device().tenant()))
                .param(Columns.of(turns, turn -> turn.device().device()))
                .param(Columns.of(turns, Turns::since))
                .param(Columns.of(turns, Turns::turns))
                .param(Columns.of(turns, turn -> json.writeValueAsString(turn.configurations())))
                .param(Columns.of(turns, Turns::heldAt))
                .update();
    }

    /** Forgets those that began before a time and hold nothing; answers how many. */
    int forgetBefore(Instant time, int limit) {
        return jdbc.sql("""
                        DELETE FROM configuration_turns WHERE (tenant, device) IN
                            (SELECT tenant, device FROM configuration_turns WHERE held_at IS NULL AND since < ?
                             LIMIT ? FOR UPDATE SKIP LOCKED)""").params(Timestamp.from(time), limit).update();
    }

    /**
     * Forgets those of devices that are held, and has the devices looked at.
     *
     * @param configuration one of those that came and went
     * @param among which devices; absent for all
     * @return how many these are
     */
    int release(TenantId tenant, String configuration, @Nullable Collection<DeviceId> among, int limit) {
        @Nullable String[] devices = among == null ? null : Columns.of(among, DeviceId::value);
        return jdbc.sql("""
                        WITH released AS (DELETE FROM configuration_turns WHERE (tenant, device) IN
                            (SELECT tenant, device FROM configuration_turns
                             WHERE tenant = ? AND held_at IS NOT NULL AND jsonb_exists(configurations, ?)
                               AND (CAST(? AS text[]) IS NULL OR device = ANY (CAST(? AS text[])))
                             ORDER BY device LIMIT ? FOR UPDATE)
                            RETURNING tenant, device)
                        INSERT INTO configuration_due (tenant, device) SELECT tenant, device FROM released""")
                .param(tenant.value())
                .param(configuration)
                .param(devices)
                .param(devices)
                .param(limit)
                .update();
    }

    /** Has devices looked at that have been held since before a time. */
    void lookAtHeldBefore(Instant time) {
        jdbc.sql("""
                        INSERT INTO configuration_due (tenant, device)
                        SELECT tenant, device FROM configuration_turns WHERE held_at < ?""").param(Timestamp.from(time)).update();
    }
}
