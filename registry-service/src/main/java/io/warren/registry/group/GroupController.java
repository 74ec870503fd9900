package io.warren.registry.group;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.warren.contracts.device.DeviceId;
import io.warren.contracts.device.TenantId;
import io.warren.platform.security.Caller;
import io.warren.platform.web.Cursor;
import io.warren.platform.web.EntityTags;
import io.warren.platform.web.MergePatch;
import io.warren.platform.web.Page;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Groups over REST. */
@RestController
@RequestMapping("/api/v1/groups")
class GroupController {

    private final GroupAdministration administration;
    private final Groups groups;
    private final Members members;
    private final MergePatch patches;

    GroupController(GroupAdministration administration, Groups groups, Members members, MergePatch patches) {
        this.administration = administration;
        this.groups = groups;
        this.members = members;
        this.patches = patches;
    }

    @PutMapping("/{group}")
    ResponseEntity<GroupView> put(
            Caller caller,
            @PathVariable String group,
            @RequestBody @Valid GroupDescription description,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        GroupAdministration.Outcome outcome = administration.put(caller.requireTenant(), group, description, ifMatch);
        return answer(outcome.created() ? HttpStatus.CREATED : HttpStatus.OK, outcome.group());
    }

    @GetMapping("/{group}")
    ResponseEntity<GroupView> get(Caller caller, @PathVariable String group) {
        DeviceGroup found = groups.get(caller.requireTenant(), group);
        return answer(HttpStatus.OK, new GroupAdministration.Counted(found, null));
    }

    @PatchMapping(
            path = "/{group}",
            consumes = {MergePatch.MEDIA_TYPE, MediaType.APPLICATION_JSON_VALUE})
    ResponseEntity<GroupView> patch(
            Caller caller,
            @PathVariable String group,
            @RequestBody JsonNode patch,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        return answer(
                HttpStatus.OK,
                administration.change(
                        caller.requireTenant(),
                        group,
                        description -> patches.apply(patch, description, GroupDescription.class),
                        ifMatch));
    }

    @DeleteMapping("/{group}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(
            Caller caller,
            @PathVariable String group,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        administration.delete(caller.requireTenant(), group, ifMatch);
    }

    @GetMapping
    Page<GroupView> list(
            Caller caller,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        TenantId tenant = caller.requireTenant();
        return Page.byId(limit, cursor, (after, size) -> groups.after(tenant, after, size), DeviceGroup::id)
                .map(group -> GroupView.of(group, null));
    }

    @GetMapping("/{group}/members")
    Page<MemberView> members(
            Caller caller,
            @PathVariable String group,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        DeviceGroup found = groups.get(caller.requireTenant(), group);
        return Page.byId(limit, cursor, (after, size) -> members.after(found, device(after), size), DeviceId::value)
                .map(MemberView::new);
    }

    @PostMapping("/{group}:add")
    ResponseEntity<GroupView> add(
            Caller caller,
            @PathVariable String group,
            @RequestBody @Valid Listing listing,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        return answer(HttpStatus.OK, administration.add(caller.requireTenant(), group, listing.devices(), ifMatch));
    }

    @PostMapping("/{group}:remove")
    ResponseEntity<GroupView> remove(
            Caller caller,
            @PathVariable String group,
            @RequestBody @Valid Listing listing,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        return answer(HttpStatus.OK, administration.remove(caller.requireTenant(), group, listing.devices(), ifMatch));
    }

    private ResponseEntity<GroupView> answer(HttpStatus status, GroupAdministration.Counted counted) {
        DeviceGroup group = counted.group();
        Long count = counted.count();
        return ResponseEntity.status(status)
                .eTag(EntityTags.of(group.version()))
                .body(GroupView.of(group, count == null ? members.countInTime(group) : count));
    }

    /** The device in a cursor; absent at the beginning. */
    private static @Nullable DeviceId device(String id) {
        if (id.isEmpty()) {
            return null;
        }
        if (!DeviceId.isValid(id)) {
            throw Cursor.malformed();
        }
        return new DeviceId(id);
    }

    /**
     * Devices that are to be put into a group or taken out of it.
     *
     * @param devices up to 10,000
     */
    record Listing(
            @NotNull @Size(max = GroupDescription.MOST_AT_ONCE)
            Set<@NotNull DeviceId> devices) {}

    /** A member as callers see it. */
    record MemberView(DeviceId id) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record GroupView(
            String id,
            @Nullable String name,
            @Nullable String filter,
            @Nullable Long count,
            Instant createdAt,
            long version) {

        static GroupView of(DeviceGroup group, @Nullable Long count) {
            return new GroupView(group.id(), group.name(), group.filter(), count, group.createdAt(), group.version());
        }
    }
}
