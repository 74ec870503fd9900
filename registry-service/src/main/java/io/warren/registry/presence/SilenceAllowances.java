package io.warren.registry.presence;

import io.warren.contracts.registry.DeviceEvent;
import io.warren.registry.Columns;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * For how long nothing may be heard of devices of a type. When a device's time is over is reckoned when it is heard; what its type says
 * afterwards is reckoned with once for all devices of the type, wherever the registry is stopped and started meanwhile.
 */
@Repository
class SilenceAllowances {

    private static final int MOST_TYPES = 100;

    /**
     * The way in which is reckoned here, to be counted up when that changes: what was reckoned otherwise is reckoned anew. Replicas
     * from before there was more than one write none, which is 0.
     */
    private static final int RULE = 1;

    private final JdbcClient jdbc;
    private final double hearsay;

    SilenceAllowances(JdbcClient jdbc, PresenceProperties properties) {
        this.jdbc = jdbc;
        this.hearsay = properties.hearsay().toMillis() / 1_000.0;
    }

    /** Some types that say something else than what is reckoned with, or with which was reckoned in another way. */
    List<Allowance> changed() {
        return jdbc.sql("""
                        SELECT coalesce(t.tenant, a.tenant) AS tenant, coalesce(t.id, a.type) AS type, offline_after
                        FROM device_type t FULL JOIN silence_allowance a ON a.tenant = t.tenant AND a.type = t.id
                        WHERE offline_after IS DISTINCT FROM seconds OR rule <> ? LIMIT ?""")
                .params(RULE, MOST_TYPES)
                .query((row, _) -> new Allowance(
                        row.getString("tenant"), row.getString("type"), row.getObject("offline_after", Long.class)))
                .list();
    }

    /** Notes that what a type says is reckoned with for all its devices. */
    void applied(Allowance allowance) {
        jdbc.sql("DELETE FROM silence_allowance WHERE tenant = ? AND type = ?")
                .params(allowance.tenant(), allowance.type())
                .update();
        if (allowance.seconds() != null) {
            jdbc.sql("INSERT INTO silence_allowance (tenant, type, seconds, rule) VALUES (?, ?, ?, ?)")
                    .params(allowance.tenant(), allowance.type(), allowance.seconds(), RULE)
                    .update();
        }
    }

    /** Reckons with an allowance for devices that are not silent, in the order of their names; answers which. */
    List<String> reckon(Allowance allowance, String behind, int limit) {
        return jdbc.sql("""
                        WITH heard AS MATERIALIZED
                            (SELECT presence.tenant, device, enabled FROM presence JOIN device d
                               ON d.tenant = presence.tenant AND d.id = device
                             WHERE d.tenant = :tenant AND d.type = :type AND d.id > :behind
                               AND NOT silent AND last_seen_at IS NOT NULL
                             ORDER BY d.id LIMIT :limit FOR UPDATE OF presence)
                        UPDATE presence SET silent_at = CASE WHEN enabled THEN
                            last_seen_at + make_interval(secs => CAST(:seconds AS double precision) + :hearsay) END
                        FROM heard WHERE presence.tenant = heard.tenant AND presence.device = heard.device
                        RETURNING presence.device""")
                .param("tenant", allowance.tenant())
                .param("type", allowance.type())
                .param("behind", behind)
                .param("limit", limit)
                .param("seconds", allowance.seconds())
                .param("hearsay", hearsay)
                .query((row, _) -> row.getString("device"))
                .list();
    }

    /** Reckons for some devices with what the type of each says. */
    void reckon(List<DeviceEvent> devices) {
        jdbc.sql("""
                        WITH heard AS MATERIALIZED
                            (SELECT presence.tenant, presence.device,
                                    CASE WHEN enabled THEN last_seen_at + make_interval(secs => offline_after + ?) END AS silent_at
                             FROM unnest(?, ?) AS asked (tenant, id) JOIN device d USING (tenant, id)
                                  JOIN presence ON presence.tenant = d.tenant AND device = d.id
                                  LEFT JOIN device_type ON device_type.tenant = d.tenant AND device_type.id = d.type
                             WHERE NOT silent
                             ORDER BY presence.tenant, device FOR UPDATE OF presence)
                        UPDATE presence SET silent_at = heard.silent_at FROM heard
                        WHERE presence.tenant = heard.tenant AND presence.device = heard.device
                          AND presence.silent_at IS DISTINCT FROM heard.silent_at""")
                .param(hearsay)
                .param(Columns.of(devices, DeviceEvent::tenant))
                .param(Columns.of(devices, DeviceEvent::device))
                .update();
    }

    /**
     * What a type says.
     *
     * @param seconds for how long nothing may be heard of its devices; absent if for ever, or if there is no such type
     */
    record Allowance(String tenant, String type, @Nullable Long seconds) {}
}
