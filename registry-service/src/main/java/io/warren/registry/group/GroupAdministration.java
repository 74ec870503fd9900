package io.warren.registry.group;

import io.warren.contracts.device.DeviceId;
import io.warren.contracts.device.TenantId;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.platform.problem.Violation;
import io.warren.platform.web.EntityTags;
import io.warren.registry.tenant.Tenants;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** How groups come, change and go. */
@Service
class GroupAdministration {

    /** The form of a group's name: one that an expression can write in quotes as it is. */
    private static final String FORM = "[A-Za-z0-9_-]{1,64}";

    private static final int MOST_GROUPS = 1_000;

    private static final ProblemKind TOO_MANY =
            new ProblemKind("too-many-groups", HttpStatus.CONFLICT, "Too many groups");

    private final Groups groups;
    private final Members members;
    private final Tenants tenants;
    private final Clock clock;

    GroupAdministration(Groups groups, Members members, Tenants tenants, Clock clock) {
        this.groups = groups;
        this.members = members;
        this.tenants = tenants;
        this.clock = clock;
    }

    /** Makes a group, or gives one that exists the description asked for. */
    @Transactional
    Outcome put(TenantId tenant, String id, GroupDescription description, @Nullable String ifMatch) {
        if (!id.matches(FORM)) {
            throw new ProblemException(
                    ProblemKind.INVALID,
                    "A group cannot have this name.",
                    List.of(new Violation("group", "of the form " + FORM)));
        }
        groups.reserve(tenant);
        Optional<DeviceGroup> existing = groups.lock(tenant, id);
        EntityTags.check(ifMatch, existing.map(DeviceGroup::version));
        if (existing.isPresent()) {
            describe(existing.get(), description);
            return new Outcome(existing.get(), false);
        }
        tenants.hold(tenant);
        if (groups.count(tenant) >= MOST_GROUPS) {
            throw new ProblemException(TOO_MANY, "A tenant has at most " + MOST_GROUPS + " groups.");
        }
        DeviceGroup group = new DeviceGroup(GroupKey.of(tenant, id), description.name(), clock.instant());
        groups.add(group);
        members.add(group, listed(description));
        return new Outcome(group, true);
    }

    /** Changes the description of a group that exists. */
    @Transactional
    DeviceGroup change(TenantId tenant, String id, UnaryOperator<GroupDescription> change, @Nullable String ifMatch) {
        DeviceGroup group = locked(tenant, id, ifMatch);
        describe(group, change.apply(new GroupDescription(group.name(), null)));
        return group;
    }

    /** Puts devices into a group, and leaves those that are in it. */
    @Transactional
    DeviceGroup add(TenantId tenant, String id, Collection<DeviceId> devices, @Nullable String ifMatch) {
        DeviceGroup group = locked(tenant, id, ifMatch);
        return changed(group, members.add(group, devices));
    }

    /** Takes devices out of a group; those that are not in it do not matter. */
    @Transactional
    DeviceGroup remove(TenantId tenant, String id, Collection<DeviceId> devices, @Nullable String ifMatch) {
        DeviceGroup group = locked(tenant, id, ifMatch);
        return changed(group, members.remove(group, devices));
    }

    /** Removes a group; its devices stay. */
    @Transactional
    void delete(TenantId tenant, String id, @Nullable String ifMatch) {
        groups.remove(locked(tenant, id, ifMatch));
    }

    private DeviceGroup locked(TenantId tenant, String id, @Nullable String ifMatch) {
        DeviceGroup group = groups.lock(tenant, id).orElseThrow(() -> Groups.notFound(id));
        EntityTags.check(ifMatch, group.version());
        return group;
    }

    private void describe(DeviceGroup group, GroupDescription description) {
        group.rename(description.name(), clock.instant());
        Set<DeviceId> devices = description.devices();
        changed(group, devices == null ? 0 : members.retain(group, devices) + members.add(group, devices));
    }

    private DeviceGroup changed(DeviceGroup group, int differences) {
        if (differences > 0) {
            group.membersChanged(clock.instant());
        }
        groups.flush();
        return group;
    }

    private static Set<DeviceId> listed(GroupDescription description) {
        Set<DeviceId> devices = description.devices();
        return devices == null ? Set.of() : devices;
    }

    record Outcome(DeviceGroup group, boolean created) {}
}
