package io.warren.registry.configuration;

import io.warren.contracts.device.TenantId;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.registry.document.Documents;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** All configurations. */
@Repository
public class Configurations {

    private static final ProblemKind NOT_FOUND =
            new ProblemKind("configuration-not-found", HttpStatus.NOT_FOUND, "No such configuration");

    private final JdbcClient jdbc;

    Configurations(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Those of a tenant that count, the one that counts first last. */
    public List<Configuration> enabled(TenantId tenant) {
        return jdbc
                .sql("SELECT * FROM configuration WHERE tenant = ? AND enabled")
                .param(tenant.value())
                .query((row, _) -> configuration(row))
                .list()
                .stream()
                .sorted(Configuration.LOWEST_FIRST)
                .toList();
    }

    /** A configuration; empty if there is none of this id. */
    public Optional<Configuration> find(TenantId tenant, String id) {
        return jdbc.sql("SELECT * FROM configuration WHERE tenant = ? AND id = ?")
                .params(tenant.value(), id)
                .query((row, _) -> configuration(row))
                .optional();
    }

    /**
     * A configuration.
     *
     * @throws ProblemException if there is none of this id
     */
    public Configuration get(TenantId tenant, String id) {
        return find(tenant, id).orElseThrow(() -> notFound(id));
    }

    /**
     * Keeps others from changing configurations of a tenant until the transaction ends, and waits for those who are changing what
     * configurations look at: whoever comes later sees what is written now.
     */
    void reserve(TenantId tenant) {
        jdbc.sql("SELECT pg_advisory_xact_lock(hashtextextended(?, 3))")
                .param(tenant.value())
                .query((_, _) -> true)
                .single();
    }

    List<Configuration> after(TenantId tenant, String id, int limit) {
        return jdbc.sql("SELECT * FROM configuration WHERE tenant = ? AND id > ? ORDER BY id LIMIT ?")
                .params(tenant.value(), id, limit)
                .query((row, _) -> configuration(row))
                .list();
    }

    /** Those whose targets ask for groups. */
    List<Configuration> askingForGroups(TenantId tenant) {
        return jdbc.sql("SELECT * FROM configuration WHERE tenant = ? AND reads @> '{groups}' ORDER BY id")
                .param(tenant.value())
                .query((row, _) -> configuration(row))
                .list();
    }

    long count(TenantId tenant) {
        return jdbc.sql("SELECT count(*) FROM configuration WHERE tenant = ?")
                .param(tenant.value())
                .query(Long.class)
                .single();
    }

    /** Keeps a configuration, instead of the one of the same id if there is one. */
    void save(Configuration configuration, Set<String> reads) {
        jdbc.sql("""
                        INSERT INTO configuration (tenant, id, name, target, reads, priority, desired, enabled, created_at, version)
                        VALUES (?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?)
                        ON CONFLICT (tenant, id) DO UPDATE
                        SET name = excluded.name, target = excluded.target, reads = excluded.reads, priority = excluded.priority,
                            desired = excluded.desired, enabled = excluded.enabled, version = excluded.version""")
                .param(configuration.tenant().value())
                .param(configuration.id())
                .param(configuration.name())
                .param(configuration.target())
                .param(reads.toArray(String[]::new))
                .param(configuration.priority())
                .param(Documents.write(configuration.desired()))
                .param(configuration.enabled())
                .param(Timestamp.from(configuration.createdAt()))
                .param(configuration.version())
                .update();
    }

    /** Removes a configuration, and remembers the version it leaves with. */
    void remove(Configuration configuration) {
        jdbc.sql("DELETE FROM configuration WHERE tenant = ? AND id = ?")
                .params(configuration.tenant().value(), configuration.id())
                .update();
        jdbc.sql("""
                        INSERT INTO deleted_configuration (tenant, id, version) VALUES (?, ?, ?)
                        ON CONFLICT (tenant, id) DO UPDATE SET version = excluded.version""")
                .params(configuration.tenant().value(), configuration.id(), configuration.version() + 1)
                .update();
    }

    /** The version that the last configuration of this id left with; 0 if there was none. */
    long lastVersion(TenantId tenant, String id) {
        return jdbc.sql("SELECT version FROM deleted_configuration WHERE tenant = ? AND id = ?")
                .params(tenant.value(), id)
                .query(Long.class)
                .optional()
                .orElse(0L);
    }

    static ProblemException notFound(String id) {
        return new ProblemException(NOT_FOUND, "There is no configuration " + id + ".");
    }

    private static Configuration configuration(ResultSet row) throws SQLException {
        return new Configuration(
                new TenantId(row.getString("tenant")),
                row.getString("id"),
                row.getString("name"),
                row.getString("target"),
                row.getInt("priority"),
                Documents.readDocument(row.getString("desired")),
                row.getBoolean("enabled"),
                row.getTimestamp("created_at").toInstant(),
                row.getLong("version"));
    }
}
