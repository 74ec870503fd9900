package io.warren.registry.configuration;

import static java.util.stream.Collectors.toMap;

import io.warren.contracts.device.TenantId;
import io.warren.registry.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** How far configurations have come: counted in an index when asked for, about a tenth of a second for a million devices. */
@Repository
class ConfigurationMetrics {

    /** Of a configuration that has to do with no device. */
    static final Counts NONE = new Counts(0, 0, 0, 0, 0);

    private final JdbcClient jdbc;

    ConfigurationMetrics(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Counts of(Configuration configuration) {
        return of(configuration.tenant(), List.of(configuration)).getOrDefault(configuration.id(), NONE);
    }

    /** By id, the counts of some of a tenant's configurations; one that has to do with no device is left out. */
    Map<String, Counts> of(TenantId tenant, Collection<Configuration> configurations) {
        return jdbc
                .sql("""
                        SELECT configuration, count(*) FILTER (WHERE targeted) AS targeted,
                               count(*) FILTER (WHERE status IN ('APPLIED', 'REPORTED')) AS applied,
                               count(*) FILTER (WHERE status = 'REPORTED') AS reported,
                               count(*) FILTER (WHERE status = 'OVERRIDDEN') AS overridden,
                               count(*) FILTER (WHERE status IN ('TOO_LARGE', 'HELD')) AS failing
                        FROM configuration_device WHERE tenant = ? AND configuration = ANY (?)
                        GROUP BY configuration""")
                .param(tenant.value())
                .param(Columns.of(configurations, Configuration::id))
                .query((row, _) -> Map.entry(row.getString("configuration"), counts(row)))
                .list()
                .stream()
                .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Counts counts(ResultSet row) throws SQLException {
        return new Counts(
                row.getLong("targeted"),
                row.getLong("applied"),
                row.getLong("reported"),
                row.getLong("overridden"),
                row.getLong("failing"));
    }

    /**
     * Devices of a configuration.
     *
     * @param targeted how many it is meant for
     * @param applied in how many's desired state all of it is
     * @param reported how many of these say that they are like that
     * @param overridden in how many's desired state some of it is not, because the device itself, or a configuration that counts
     *     before, says otherwise
     * @param failing how many could not take it, or are kept from taking it
     */
    record Counts(long targeted, long applied, long reported, long overridden, long failing) {}
}
