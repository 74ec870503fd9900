package io.warren.registry.group;

import io.warren.contracts.device.DeviceId;
import io.warren.contracts.registry.GroupEvent;
import io.warren.contracts.registry.GroupMembershipEvent;
import io.warren.contracts.registry.RegistryEvents;
import io.warren.platform.outbox.Outbox;
import io.warren.registry.configuration.TargetedGroups;
import io.warren.registry.query.DeviceSearch;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Tells of groups that changed, in the transaction that changes them: everybody by events, and configurations by their own way. */
@Component
class GroupNews {

    private final Outbox outbox;
    private final TargetedGroups targeted;
    private final DeviceSearch search;
    private final Clock clock;

    GroupNews(Outbox outbox, TargetedGroups targeted, DeviceSearch search, Clock clock) {
        this.outbox = outbox;
        this.targeted = targeted;
        this.search = search;
        this.clock = clock;
    }

    /** A group came, or its name or expression changed. */
    void changed(DeviceGroup group) {
        outbox.append(RegistryEvents.EXCHANGE, GroupEvent.CHANGED, event(group, group.version()));
    }

    /** Another expression, or none any more, says who is in a group. */
    void defined(DeviceGroup group) {
        targeted.follow(group.tenant(), group.id());
    }

    /** Devices came to be on the list of a group, or are on it no longer. */
    void regrouped(DeviceGroup group, List<DeviceId> joined, List<DeviceId> left) {
        List<Outbox.Event> events = new ArrayList<>();
        parts(joined).forEach(part -> events.add(membership(group, part, List.of())));
        parts(left).forEach(part -> events.add(membership(group, List.of(), part)));
        outbox.appendAll(RegistryEvents.EXCHANGE, events);
    }

    /** What asks for a group, in words; until the transaction ends, nothing else comes to do so. */
    List<String> users(DeviceGroup group) {
        return Stream.concat(
                        search.groupsAsking(group.tenant(), group.id()).stream().map(id -> "the group " + id),
                        targeted.asking(group.tenant(), group.id()).stream().map(id -> "the configuration " + id))
                .toList();
    }

    /** A group went. */
    void deleted(DeviceGroup group, long lastVersion) {
        outbox.append(RegistryEvents.EXCHANGE, GroupEvent.DELETED, event(group, lastVersion));
    }

    private Outbox.Event membership(DeviceGroup group, List<String> joined, List<String> left) {
        return new Outbox.Event(
                GroupMembershipEvent.TYPE,
                new GroupMembershipEvent(
                        group.tenant().value(), group.id(), group.version(), joined, left, clock.instant()));
    }

    private GroupEvent event(DeviceGroup group, long version) {
        Instant now = clock.instant();
        return new GroupEvent(group.tenant().value(), group.id(), version, group.name(), group.filter(), now);
    }

    private static List<List<String>> parts(List<DeviceId> devices) {
        List<List<String>> parts = new ArrayList<>();
        for (int start = 0; start < devices.size(); start += GroupMembershipEvent.MOST_DEVICES) {
            int end = Math.min(devices.size(), start + GroupMembershipEvent.MOST_DEVICES);
            parts.add(devices.subList(start, end).stream().map(DeviceId::value).toList());
        }
        return parts;
    }
}
