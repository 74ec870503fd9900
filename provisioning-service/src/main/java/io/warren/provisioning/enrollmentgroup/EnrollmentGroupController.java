package io.warren.provisioning.enrollmentgroup;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.warren.contracts.device.TenantId;
import io.warren.platform.security.Caller;
import io.warren.platform.web.EntityTags;
import io.warren.platform.web.Page;
import io.warren.provisioning.attestation.Door;
import io.warren.provisioning.registration.RegistrationCounts;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Enrolment groups for integrators. Keys are in the answers that set them, and in no other. */
@RestController
@RequestMapping("/api/v1/enrollment-groups")
class EnrollmentGroupController {

    private final EnrollmentGroups groups;
    private final EnrollmentGroupRepository repository;
    private final RegistrationCounts registrations;
    private final GroupEnding ending;

    EnrollmentGroupController(
            EnrollmentGroups groups,
            EnrollmentGroupRepository repository,
            RegistrationCounts registrations,
            GroupEnding ending) {
        this.groups = groups;
        this.repository = repository;
        this.registrations = registrations;
        this.ending = ending;
    }

    @PutMapping("/{id}")
    ResponseEntity<EnrollmentGroupView> put(
            Caller caller,
            @PathVariable String id,
            @Valid @RequestBody EnrollmentGroupRequest request,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        TenantId tenant = caller.requireTenant();
        ending.end(tenant, id); // what came in while a group of that id went, or could not be ended then
        return answer(groups.put(tenant, id, request, ifMatch));
    }

    @PostMapping("/{id}:rotate")
    ResponseEntity<EnrollmentGroupView> rotate(
            Caller caller,
            @PathVariable String id,
            @Valid @RequestBody Rotation rotation,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        return answer(groups.rotate(caller.requireTenant(), id, rotation.key() == Rotation.Which.PRIMARY, ifMatch));
    }

    @GetMapping("/{id}")
    ResponseEntity<EnrollmentGroupView> get(Caller caller, @PathVariable String id) {
        TenantId tenant = caller.requireTenant();
        EnrollmentGroup group = groups.get(tenant, id);
        RegistrationCounts.Counts counts = registrations.of(tenant, Door.name(Door.Kind.GROUP, id));
        return ResponseEntity.ok()
                .eTag(EntityTags.of(group.version()))
                .body(EnrollmentGroupView.of(group, group.attestation(), counts.registered(), counts.refused()));
    }

    @GetMapping
    Page<EnrollmentGroupView> list(
            Caller caller,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        String tenant = caller.requireTenant().value();
        return Page.byId(
                        limit,
                        cursor,
                        (after, size) -> repository.findBehind(tenant, after, Limit.of(size)),
                        EnrollmentGroup::id)
                .map(group -> EnrollmentGroupView.of(group, group.attestation(), null, null));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(
            Caller caller,
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        TenantId tenant = caller.requireTenant();
        groups.delete(tenant, id, ifMatch);
        ending.end(tenant, id);
    }

    private static ResponseEntity<EnrollmentGroupView> answer(EnrollmentGroups.Outcome outcome) {
        return ResponseEntity.status(outcome.created() ? HttpStatus.CREATED : HttpStatus.OK)
                .cacheControl(CacheControl.noStore())
                .eTag(EntityTags.of(outcome.group().version()))
                .body(EnrollmentGroupView.of(outcome.group(), outcome.attestation(), null, null));
    }

    /** Which of a group's keys is to be made anew. */
    record Rotation(@NotNull Which key) {

        /** One of the two. */
        enum Which {
            @JsonProperty("primary")
            PRIMARY,
            @JsonProperty("secondary")
            SECONDARY
        }
    }
}
