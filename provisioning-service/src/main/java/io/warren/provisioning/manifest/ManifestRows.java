package io.warren.provisioning.manifest;

import io.warren.contracts.device.DeviceId;
import io.warren.contracts.device.TenantId;
import io.warren.platform.transfer.Outcome;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The rows of all manifests. There are millions: they are written hundreds at a time, and never read all at once. */
@Repository
class ManifestRows {

    private static final TypeReference<Map<String, String>> ATTRIBUTES = new TypeReference<>() {};

    /** A row that was there is one that a transaction before ours has written: then its xmax is ours. */
    private static final String PUT = """
            INSERT INTO manifest_row AS m (tenant, group_id, element, device_id, public_key, attributes, updated_at)
            SELECT ?, ?, element, device_id, public_key, attributes::jsonb, ?
            FROM unnest(?::text[], ?::text[], ?::text[], ?::text[]) AS new (element, device_id, public_key, attributes)
            ORDER BY element
            ON CONFLICT (tenant, group_id, element) DO UPDATE
            SET device_id = excluded.device_id, public_key = excluded.public_key, attributes = excluded.attributes,
                updated_at = excluded.updated_at
            WHERE (m.device_id, m.public_key, m.attributes)
                IS DISTINCT FROM (excluded.device_id, excluded.public_key, excluded.attributes)
            RETURNING element, xmax = 0 AS created""";

    private static final String COLUMNS =
            "SELECT group_id, element, device_id, public_key, attributes, updated_at FROM manifest_row ";

    private final JdbcTemplate jdbc;
    private final JsonMapper json;

    ManifestRows(JdbcTemplate jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /**
     * A row that is kept.
     *
     * @param group the enrolment group whose manifest it is in
     * @param updatedAt when it was last changed
     */
    record Kept(String group, Entry entry, Instant updatedAt) {

        /** Whether it is in the manifest of a group; any will do where none is named. */
        boolean isOf(@Nullable String named) {
            return named == null || named.equals(group);
        }
    }

    /** Puts entries, no two of which are about the same element; which of them changed anything, by element. */
    Map<String, Outcome> put(ManifestKey manifest, List<Entry> entries, Instant now) {
        Map<String, Outcome> outcomes = new HashMap<>();
        jdbc.query(
                PUT,
                statement -> {
                    statement.setString(1, manifest.tenant().value());
                    statement.setString(2, manifest.group());
                    statement.setObject(3, now.atOffset(ZoneOffset.UTC));
                    statement.setObject(4, entries.stream().map(Entry::element).toArray(String[]::new));
                    statement.setObject(
                            5,
                            entries.stream().map(each -> each.device().value()).toArray(String[]::new));
                    statement.setObject(
                            6, entries.stream().map(Entry::publicKey).toArray(String[]::new));
                    statement.setObject(
                            7,
                            entries.stream()
                                    .map(each -> json.writeValueAsString(each.attributes()))
                                    .toArray(String[]::new));
                },
                row -> {
                    outcomes.put(
                            row.getString("element"), row.getBoolean("created") ? Outcome.CREATED : Outcome.UPDATED);
                });
        return outcomes;
    }

    long count(ManifestKey manifest) {
        Long count = jdbc.queryForObject(
                "SELECT count(*) FROM manifest_row WHERE tenant = ? AND group_id = ?",
                Long.class,
                manifest.tenant().value(),
                manifest.group());
        return count == null ? 0 : count;
    }

    Optional<Kept> find(ManifestKey manifest, String element) {
        return jdbc
                .query(
                        COLUMNS + "WHERE tenant = ? AND group_id = ? AND element = ?",
                        this::kept,
                        manifest.tenant().value(),
                        manifest.group(),
                        element)
                .stream()
                .findFirst();
    }

    /** The rows of a manifest behind an element, of elements that begin in a way, perhaps of one device only. */
    List<Kept> after(ManifestKey manifest, String element, String beginning, String device, int limit) {
        return jdbc.query(
                COLUMNS + """
                        WHERE tenant = ? AND group_id = ? AND element > ? AND element >= ? AND element < ? || '~'
                          AND (? = '' OR device_id = ?)
                        ORDER BY element LIMIT ?""",
                this::kept,
                manifest.tenant().value(),
                manifest.group(),
                element,
                beginning,
                beginning,
                device,
                device,
                limit);
    }

    /** The rows of a tenant's manifests that name a device; a board that was replaced leaves its own behind. */
    List<Kept> of(TenantId tenant, DeviceId device, int limit) {
        return jdbc.query(
                COLUMNS + "WHERE tenant = ? AND device_id = ? ORDER BY updated_at DESC, group_id, element LIMIT ?",
                this::kept,
                tenant.value(),
                device.value(),
                limit);
    }

    int delete(ManifestKey manifest, String element) {
        return jdbc.update(
                "DELETE FROM manifest_row WHERE tenant = ? AND group_id = ? AND element = ?",
                manifest.tenant().value(),
                manifest.group(),
                element);
    }

    /** Deletes some rows of a manifest; how many. */
    int deleteSome(ManifestKey manifest, int limit) {
        return jdbc.update(
                """
                DELETE FROM manifest_row WHERE tenant = ? AND group_id = ? AND element IN (
                    SELECT element FROM manifest_row WHERE tenant = ? AND group_id = ? ORDER BY element LIMIT ?)""",
                manifest.tenant().value(),
                manifest.group(),
                manifest.tenant().value(),
                manifest.group(),
                limit);
    }

    private Kept kept(ResultSet row, int number) throws SQLException {
        return new Kept(
                row.getString("group_id"),
                new Entry(
                        row.getString("element"),
                        new DeviceId(row.getString("device_id")),
                        row.getString("public_key"),
                        json.readValue(row.getString("attributes"), ATTRIBUTES)),
                row.getTimestamp("updated_at").toInstant());
    }
}
