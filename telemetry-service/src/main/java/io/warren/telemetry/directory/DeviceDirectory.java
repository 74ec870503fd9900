package io.warren.telemetry.directory;

import io.warren.contracts.device.DeviceId;
import io.warren.contracts.device.TenantId;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.platform.registry.RegistryClient;
import io.warren.platform.security.Caller;
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

    /** Takes over what an event says, unless a newer one was here before. */
    void update(String tenant, String device, long version, boolean deleted) {
        jdbc.sql("""
                        INSERT INTO device (tenant, device, version, deleted) VALUES (?, ?, ?, ?)
                        ON CONFLICT (tenant, device) DO UPDATE
                        SET version = excluded.version, deleted = excluded.deleted
                        WHERE device.version < excluded.version""").params(tenant, device, version, deleted).update();
    }
}
