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
import java.util.Objects;
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

    private static final ProblemKind NOT_A_LIST =
            new ProblemKind("group-not-a-list", HttpStatus.CONFLICT, "An expression says who is in the group");

    private static final ProblemKind IN_USE =
            new ProblemKind("group-in-use", HttpStatus.CONFLICT, "The group is asked for");

    private final Groups groups;
    private final Members members;
    private final GroupNews news;
    private final Tenants tenants;
    private final Clock clock;

    GroupAdministration(Groups groups, Members members, GroupNews news, Tenants tenants, Clock clock) {
        this.groups = groups;
        this.members = members;
        this.news = news;
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
        members.check(tenant, id, description);
        Optional<DeviceGroup> existing = groups.lock(tenant, id);
        EntityTags.check(ifMatch, existing.map(DeviceGroup::version));
        if (existing.isPresent()) {
            return new Outcome(describe(existing.get(), description), false);
        }
        tenants.hold(tenant);
        if (groups.count(tenant) >= MOST_GROUPS) {
            throw new ProblemException(TOO_MANY, "A tenant has at most " + MOST_GROUPS + " groups.");
        }
        DeviceGroup group = new DeviceGroup(
                GroupKey.of(tenant, id), description, clock.instant(), groups.lastVersion(tenant, id) + 1);
        groups.add(group);
        List<DeviceId> joined = group.filter() == null ? members.add(group, listed(description)) : List.of();
        Counted made = counted(group);
        tell(group, null, true, joined, List.of());
        return new Outcome(made, true);
    }

    /** Changes the description of a group that exists. */
    @Transactional
    Counted change(TenantId tenant, String id, UnaryOperator<GroupDescription> change, @Nullable String ifMatch) {
        groups.reserve(tenant);
        DeviceGroup group = locked(tenant, id, ifMatch);
        GroupDescription description = change.apply(new GroupDescription(group.name(), group.filter(), null));
        members.check(tenant, id, description);
        return describe(group, description);
    }

    /** Puts devices into a group, and leaves those that are in it. */
    @Transactional
    Counted add(TenantId tenant, String id, Collection<DeviceId> devices, @Nullable String ifMatch) {
        DeviceGroup group = lockedList(tenant, id, ifMatch);
        return regrouped(group, members.add(group, devices), List.of());
    }

    /** Takes devices out of a group; those that are not in it do not matter. */
    @Transactional
    Counted remove(TenantId tenant, String id, Collection<DeviceId> devices, @Nullable String ifMatch) {
        DeviceGroup group = lockedList(tenant, id, ifMatch);
        return regrouped(group, List.of(), members.remove(group, devices));
    }

    /** Removes a group that nothing asks for; its devices stay. */
    @Transactional
    void delete(TenantId tenant, String id, @Nullable String ifMatch) {
        groups.reserve(tenant);
        DeviceGroup group = locked(tenant, id, ifMatch);
        List<String> users = news.users(group);
        if (!users.isEmpty()) {
            throw new ProblemException(
                    IN_USE, "Have these ask for something else first: " + String.join(", ", users) + ".");
        }
        long lastVersion = group.version() + 1;
        groups.remove(group, lastVersion);
        news.deleted(group, lastVersion);
    }

    private DeviceGroup locked(TenantId tenant, String id, @Nullable String ifMatch) {
        DeviceGroup group = groups.lock(tenant, id).orElseThrow(() -> Groups.notFound(id));
        EntityTags.check(ifMatch, group.version());
        return group;
    }

    private DeviceGroup lockedList(TenantId tenant, String id, @Nullable String ifMatch) {
        DeviceGroup group = locked(tenant, id, ifMatch);
        if (group.filter() != null) {
            throw new ProblemException(
                    NOT_A_LIST, "Who is in " + id + " follows from its filter: change that, or the devices.");
        }
        return group;
    }

    private Counted describe(DeviceGroup group, GroupDescription description) {
        String before = group.filter();
        boolean described = group.describe(description, clock.instant());
        Set<DeviceId> devices = description.devices();
        List<DeviceId> joined = List.of();
        List<DeviceId> left = List.of();
        if (devices != null) {
            left = members.retain(group, devices);
            joined = members.add(group, devices);
        } else if (before == null && group.filter() != null) {
            List<DeviceId> _ = members.retain(group, List.of());
        }
        note(group, joined, left);
        boolean isAsBefore = group.filter() != null && Objects.equals(before, group.filter());
        Counted counted = isAsBefore ? new Counted(group, null) : counted(group);
        tell(group, before, described, joined, left);
        return counted;
    }

    /** Comes last, because from then on changes of devices wait until the transaction ends. */
    private void tell(
            DeviceGroup group, @Nullable String before, boolean changed, List<DeviceId> joined, List<DeviceId> left) {
        if (changed) {
            news.changed(group);
        }
        if (!Objects.equals(before, group.filter())) {
            news.defined(group);
        }
        news.regrouped(group, joined, left);
    }

    private Counted regrouped(DeviceGroup group, List<DeviceId> joined, List<DeviceId> left) {
        note(group, joined, left);
        Counted counted = counted(group);
        news.regrouped(group, joined, left);
        return counted;
    }

    private void note(DeviceGroup group, List<DeviceId> joined, List<DeviceId> left) {
        if (!joined.isEmpty() || !left.isEmpty()) {
            group.membersChanged(clock.instant());
        }
        groups.flush();
    }

    /** Counted here, so that a group is refused that takes too long to find. */
    private Counted counted(DeviceGroup group) {
        return new Counted(group, members.count(group));
    }

    private static Set<DeviceId> listed(GroupDescription description) {
        Set<DeviceId> devices = description.devices();
        return devices == null ? Set.of() : devices;
    }

    record Outcome(Counted group, boolean created) {}

    /**
     * A group, and how many devices are in it.
     *
     * @param count absent if they were not counted, because who is in it is found in the same way as before
     */
    record Counted(DeviceGroup group, @Nullable Long count) {}
}
