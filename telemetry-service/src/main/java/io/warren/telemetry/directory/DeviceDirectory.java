package io.warren.telemetry.directory;

import io.warren.contracts.device.DeviceId;
import io.warren.contracts.device.TenantId;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.platform.registry.RegistryClient;
import io.warren.platform.security.Caller;
import java.util.List;
import java.util.Set;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Which devices there are. */
@Component
public class DeviceDirectory {

    private static final ProblemKind NOT_FOUND =
            new ProblemKind("device-not-found", HttpStatus.NOT_FOUND, "No such device");

    private final JdbcClient jdbc;
    private final RegistryClient registry;

    DeviceDirectory(JdbcClient jdbc, RegistryClient registry) {
        this.jdbc = jdbc;
        this.registry = registry;
    }

    /**
     * Makes sure that a device belongs to the caller's tenant. One that is not in the copy may be so new that its event is still on
     * its way, so the registry is asked.
     *
     * @throws ProblemException if there is no such device, or if it takes the registry to say so and that is away
     */
    public void require(Caller caller, String device) {
        TenantId tenant = caller.requireTenant();
        boolean exists = DeviceId.isValid(device)
                && jdbc.sql("SELECT NOT deleted FROM device WHERE tenant = ? AND device = ?")
                        .params(tenant.value(), device)
                        .query(Boolean.class)
                        .optional()
                        .orElseGet(() -> registry.knows(caller, device));
        if (!exists) {
            throw new ProblemException(NOT_FOUND, "There is no such device in this tenant.");
        }
    }

    /** Those of some devices behind gateways that do sit there, as far as events have told. */
    public Set<Behind> confirmed(Set<Behind> asked) {
        return Set.copyOf(jdbc.sql("""
                        SELECT tenant, device, gateway FROM device
                        JOIN unnest(?, ?, ?) AS asked (tenant, device, gateway) USING (tenant, device, gateway)
                        WHERE NOT deleted""")
                .param(asked.stream().map(Behind::tenant).toArray(String[]::new))
                .param(asked.stream().map(Behind::device).toArray(String[]::new))
                .param(asked.stream().map(Behind::gateway).toArray(String[]::new))
                .query((row, _) ->
                        new Behind(row.getString("tenant"), row.getString("device"), row.getString("gateway")))
                .list());
    }

    /** Takes over the newest that is told of each device, unless something newer was here before. */
    void update(List<DeviceNews> news) {
        jdbc.sql("""
                        INSERT INTO device (tenant, device, version, deleted, gateway)
                        SELECT DISTINCT ON (tenant, device) tenant, device, version, deleted, gateway
                        FROM unnest(?, ?, ?, ?, ?) AS news (tenant, device, version, deleted, gateway)
                        ORDER BY tenant, device, version DESC
                        ON CONFLICT (tenant, device) DO UPDATE
                        SET version = excluded.version, deleted = excluded.deleted, gateway = excluded.gateway
                        WHERE device.version < excluded.version""")
                .param(news.stream().map(DeviceNews::tenant).toArray(String[]::new))
                .param(news.stream().map(DeviceNews::device).toArray(String[]::new))
                .param(news.stream().map(DeviceNews::version).toArray(Long[]::new))
                .param(news.stream().map(DeviceNews::deleted).toArray(Boolean[]::new))
                .param(news.stream().map(DeviceNews::gateway).toArray(String[]::new))
                .update();
    }

    /**
     * A device that is said to sit behind another.
     *
     * @param tenant the tenant's name
     * @param device the device's id
     * @param gateway the id of the gateway device
     */
    public record Behind(String tenant, String device, String gateway) {}
}
