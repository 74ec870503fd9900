package io.warren.registry.group;

import io.warren.contracts.device.DeviceId;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.platform.problem.Violation;
import io.warren.registry.Columns;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The devices that are listed in groups. A device that is deleted leaves them. */
@Repository
class Members {

    private static final int MOST = 100_000;
    private static final int MOST_VIOLATIONS = 20;

    private final JdbcClient jdbc;

    Members(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Puts devices into a group that is locked; those that are in it stay.
     *
     * @return how many were not in it
     * @throws ProblemException of kind {@link ProblemKind#INVALID} if one does not exist, or there would be too many
     */
    int add(DeviceGroup group, Collection<DeviceId> devices) {
        requireDevices(group, devices);
        int added = jdbc.sql("""
                        INSERT INTO device_group_member (tenant, group_id, device) SELECT ?, ?, unnest(?)
                        ON CONFLICT DO NOTHING""")
                .param(group.tenant().value())
                .param(group.id())
                .param(Columns.of(devices, DeviceId::value))
                .update();
        if (added > 0 && count(group) > MOST) {
            throw invalid("/devices", "a list has at most " + MOST + " devices");
        }
        return added;
    }

    /** Takes devices out of a group that is locked; returns how many were in it. */
    int remove(DeviceGroup group, Collection<DeviceId> devices) {
        return jdbc.sql("DELETE FROM device_group_member WHERE tenant = ? AND group_id = ? AND device = ANY(?)")
                .param(group.tenant().value())
                .param(group.id())
                .param(Columns.of(devices, DeviceId::value))
                .update();
    }

    /** Takes all other devices out of a group that is locked; returns how many were in it. */
    int retain(DeviceGroup group, Collection<DeviceId> devices) {
        return jdbc.sql("DELETE FROM device_group_member WHERE tenant = ? AND group_id = ? AND device <> ALL(?)")
                .param(group.tenant().value())
                .param(group.id())
                .param(Columns.of(devices, DeviceId::value))
                .update();
    }

    long count(DeviceGroup group) {
        return jdbc.sql("SELECT count(*) FROM device_group_member WHERE tenant = ? AND group_id = ?")
                .params(group.tenant().value(), group.id())
                .query(Long.class)
                .single();
    }

    /** The members of a group behind one, in the order of their ids. */
    List<DeviceId> after(DeviceGroup group, String device, int limit) {
        return jdbc.sql("""
                        SELECT device FROM device_group_member
                        WHERE tenant = ? AND group_id = ? AND device > ? ORDER BY device LIMIT ?""")
                .params(group.tenant().value(), group.id(), device, limit)
                .query((row, _) -> new DeviceId(row.getString(1)))
                .list();
    }

    /** Makes sure that devices exist and go on existing until the transaction ends. */
    private void requireDevices(DeviceGroup group, Collection<DeviceId> devices) {
        Set<DeviceId> known = new HashSet<>(jdbc.sql("""
                        SELECT id FROM device WHERE tenant = ? AND id = ANY(?) ORDER BY id FOR KEY SHARE""")
                .param(group.tenant().value())
                .param(Columns.of(devices, DeviceId::value))
                .query((row, _) -> new DeviceId(row.getString(1)))
                .list());
        List<Violation> violations = new ArrayList<>();
        int at = 0;
        for (DeviceId device : devices) {
            if (!known.contains(device)) {
                violations.add(new Violation("/devices/" + at, "there is no device " + device));
            }
            at++;
        }
        if (!violations.isEmpty()) {
            throw new ProblemException(
                    ProblemKind.INVALID,
                    violations.size() + " of the devices do not exist.",
                    violations.stream().limit(MOST_VIOLATIONS).toList());
        }
    }

    private static ProblemException invalid(String pointer, String detail) {
        return new ProblemException(
                ProblemKind.INVALID, "The group cannot be like this.", List.of(new Violation(pointer, detail)));
    }
}
