package io.warren.registry.group;

import io.warren.contracts.device.DeviceId;
import io.warren.contracts.device.TenantId;
import io.warren.platform.expression.Expression;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.platform.problem.Violation;
import io.warren.registry.Columns;
import io.warren.registry.query.DeviceSearch;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The devices in groups: those that are listed, which leave when they are deleted, and those that an expression is true of. */
@Repository
class Members {

    private static final int MOST = 100_000;
    private static final int MOST_VIOLATIONS = 20;

    private final JdbcClient jdbc;
    private final DeviceSearch search;

    Members(JdbcClient jdbc, DeviceSearch search) {
        this.jdbc = jdbc;
        this.search = search;
    }

    /**
     * Makes sure that what is said of a group says who is in it, and in one way.
     *
     * @throws ProblemException that says where it is wrong
     */
    void check(TenantId tenant, String group, GroupDescription description) {
        String filter = description.filter();
        if (filter == null) {
            return;
        }
        if (description.devices() != null) {
            throw invalid("/devices", "a group is a list or has a filter, not both");
        }
        search.checkGroup(tenant, group, filter);
    }

    /**
     * Puts devices on the list of a group that is locked; those that are on it stay.
     *
     * @return those that were not on it
     * @throws ProblemException of kind {@link ProblemKind#INVALID} if one does not exist, or there would be too many
     */
    List<DeviceId> add(DeviceGroup group, Collection<DeviceId> devices) {
        requireDevices(group, devices);
        List<DeviceId> added = jdbc.sql("""
                        INSERT INTO device_group_member (tenant, group_id, device) SELECT ?, ?, unnest(?)
                        ON CONFLICT DO NOTHING RETURNING device""")
                .param(group.tenant().value())
                .param(group.id())
                .param(Columns.of(devices, DeviceId::value))
                .query((row, _) -> new DeviceId(row.getString(1)))
                .list();
        if (!added.isEmpty() && listed(group) > MOST) {
            throw invalid("/devices", "a list has at most " + MOST + " devices");
        }
        return added;
    }

    /** Takes devices off the list of a group that is locked; answers those that were on it. */
    List<DeviceId> remove(DeviceGroup group, Collection<DeviceId> devices) {
        return removed(group, "device = ANY(?)", devices);
    }

    /** Takes all other devices off the list of a group that is locked; answers those that were on it. */
    List<DeviceId> retain(DeviceGroup group, Collection<DeviceId> devices) {
        return removed(group, "device <> ALL(?)", devices);
    }

    private List<DeviceId> removed(DeviceGroup group, String which, Collection<DeviceId> devices) {
        return jdbc.sql("DELETE FROM device_group_member WHERE tenant = ? AND group_id = ? AND " + which
                        + " RETURNING device")
                .param(group.tenant().value())
                .param(group.id())
                .param(Columns.of(devices, DeviceId::value))
                .query((row, _) -> new DeviceId(row.getString(1)))
                .list();
    }

    /**
     * How many there are.
     *
     * @throws ProblemException of kind {@code query-too-slow} if that takes too long to find out
     */
    long count(DeviceGroup group) {
        String filter = group.filter();
        return filter == null ? listed(group) : search.count(group.tenant(), compiled(filter));
    }

    /** How many there are; absent if that takes too long to find out. Not to be asked in a transaction, which that would end. */
    @Nullable
    Long countInTime(DeviceGroup group) {
        try {
            return count(group);
        } catch (ProblemException e) {
            if (e.kind().equals(DeviceSearch.TOO_SLOW)) {
                return null;
            }
            throw e;
        }
    }

    private long listed(DeviceGroup group) {
        return jdbc.sql("SELECT count(*) FROM device_group_member WHERE tenant = ? AND group_id = ?")
                .params(group.tenant().value(), group.id())
                .query(Long.class)
                .single();
    }

    /** The members of a group behind one, in the order of their ids. */
    List<DeviceId> after(DeviceGroup group, @Nullable DeviceId device, int limit) {
        String filter = group.filter();
        if (filter != null) {
            return search.matching(group.tenant(), compiled(filter), device, limit);
        }
        return jdbc.sql("""
                        SELECT device FROM device_group_member
                        WHERE tenant = ? AND group_id = ? AND device > ? ORDER BY device LIMIT ?""")
                .params(group.tenant().value(), group.id(), device == null ? "" : device.value(), limit)
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

    private Expression compiled(String filter) {
        return search.language().compile(filter, "/filter");
    }

    private static ProblemException invalid(String pointer, String detail) {
        return new ProblemException(
                ProblemKind.INVALID, "The group cannot be like this.", List.of(new Violation(pointer, detail)));
    }
}
