package io.warren.registry.assignment;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.device.DeviceId;
import io.warren.contracts.device.TenantId;
import io.warren.registry.Columns;
import io.warren.registry.assignment.Assignment.Status;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** How it stands between all devices and all configurations. */
@Repository
class Assignments {

    private final JdbcClient jdbc;

    Assignments(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Those of devices; devices that have none are left out. */
    Map<DeviceAddress, List<Assignment>> of(Collection<DeviceAddress> devices) {
        return jdbc
                .sql("""
                        SELECT configuration_device.* FROM configuration_device
                        JOIN unnest(?, ?) AS asked (tenant, device) USING (tenant, device)""")
                .param(Columns.of(devices, DeviceAddress::tenant))
                .param(Columns.of(devices, DeviceAddress::device))
                .query((row, _) -> new Assignment(
                        DeviceAddress.of(row.getString("tenant"), row.getString("device")),
                        row.getString("configuration"),
                        row.getLong("version"),
                        row.getBoolean("targeted"),
                        row.getBoolean("in_force"),
                        Status.valueOf(row.getString("status"))))
                .list()
                .stream()
                .collect(groupingBy(Assignment::device));
    }

    /** Of some devices, those that a configuration has to do with, or is meant for. */
    Set<DeviceId> among(TenantId tenant, String configuration, boolean targeted, Collection<DeviceId> devices) {
        return new HashSet<>(jdbc.sql("""
                        SELECT device FROM configuration_device
                        WHERE tenant = ? AND configuration = ? AND device = ANY(?) AND (targeted OR NOT ?)""")
                .param(tenant.value())
                .param(configuration)
                .param(Columns.of(devices, DeviceId::value))
                .param(targeted)
                .query((row, _) -> new DeviceId(row.getString(1)))
                .list());
    }

    /** By configuration, for how many of some devices it is meant. */
    Map<String, Long> targeting(TenantId tenant, Collection<DeviceId> devices) {
        return jdbc
                .sql("""
                        SELECT configuration FROM configuration_device WHERE tenant = ? AND device = ANY(?) AND targeted""")
                .param(tenant.value())
                .param(Columns.of(devices, DeviceId::value))
                .query(String.class)
                .list()
                .stream()
                .collect(groupingBy(configuration -> configuration, counting()));
    }

    /** Takes some away and adds others. */
    void change(Collection<Assignment> gone, Collection<Assignment> come) {
        if (!gone.isEmpty()) {
            jdbc.sql("""
                            DELETE FROM configuration_device USING unnest(?, ?, ?) AS gone (tenant, configuration, device)
                            WHERE configuration_device.tenant = gone.tenant
                              AND configuration_device.configuration = gone.configuration
                              AND configuration_device.device = gone.device""")
                    .param(Columns.of(gone, assignment -> assignment.device().tenant()))
                    .param(Columns.of(gone, Assignment::configuration))
                    .param(Columns.of(gone, assignment -> assignment.device().device()))
                    .update();
        }
        if (!come.isEmpty()) {
            jdbc.sql("""
                            INSERT INTO configuration_device (tenant, configuration, device, version, targeted, in_force, status)
                            SELECT * FROM unnest(?, ?, ?, ?::bigint[], ?::boolean[], ?::boolean[], ?)""")
                    .param(Columns.of(come, assignment -> assignment.device().tenant()))
                    .param(Columns.of(come, Assignment::configuration))
                    .param(Columns.of(come, assignment -> assignment.device().device()))
                    .param(Columns.of(come, Assignment::version))
                    .param(Columns.of(come, Assignment::targeted))
                    .param(Columns.of(come, Assignment::inForce))
                    .param(Columns.of(come, Assignment::status))
                    .update();
        }
    }
}
