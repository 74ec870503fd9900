package io.warren.registry.devicetype;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.warren.contracts.device.TenantId;
import io.warren.platform.security.Caller;
import io.warren.platform.web.EntityTags;
import io.warren.platform.web.MergePatch;
import io.warren.platform.web.Page;
import io.warren.registry.devicetype.DeviceTypeDescription.CommandDescription;
import io.warren.registry.devicetype.DeviceTypeDescription.StreamDescription;
import io.warren.registry.devicetype.DeviceTypeDescription.WakeUp;
import jakarta.validation.Valid;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Device types over REST. */
@RestController
@RequestMapping("/api/v1/device-types")
class DeviceTypeController {

    private final DeviceTypeAdministration administration;
    private final DeviceTypes types;
    private final MergePatch patches;

    DeviceTypeController(DeviceTypeAdministration administration, DeviceTypes types, MergePatch patches) {
        this.administration = administration;
        this.types = types;
        this.patches = patches;
    }

    @PutMapping("/{type}")
    ResponseEntity<DeviceTypeView> put(
            Caller caller,
            @PathVariable String type,
            @RequestBody @Valid DeviceTypeDescription description,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        DeviceTypeAdministration.Outcome outcome =
                administration.put(caller.requireTenant(), type, description, ifMatch);
        return answer(outcome.created() ? HttpStatus.CREATED : HttpStatus.OK, outcome.type());
    }

    @GetMapping("/{type}")
    ResponseEntity<DeviceTypeView> get(Caller caller, @PathVariable String type) {
        return answer(HttpStatus.OK, types.get(caller.requireTenant(), type));
    }

    @PatchMapping(
            path = "/{type}",
            consumes = {MergePatch.MEDIA_TYPE, MediaType.APPLICATION_JSON_VALUE})
    ResponseEntity<DeviceTypeView> patch(
            Caller caller,
            @PathVariable String type,
            @RequestBody JsonNode patch,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        return answer(
                HttpStatus.OK,
                administration.change(
                        caller.requireTenant(),
                        type,
                        description -> patches.apply(patch, description, DeviceTypeDescription.class),
                        ifMatch));
    }

    @DeleteMapping("/{type}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(
            Caller caller,
            @PathVariable String type,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        administration.delete(caller.requireTenant(), type, ifMatch);
    }

    @GetMapping
    Page<DeviceTypeView> list(
            Caller caller,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        TenantId tenant = caller.requireTenant();
        return Page.byId(limit, cursor, (after, size) -> types.after(tenant, after, size), DeviceType::id)
                .map(DeviceTypeView::of);
    }

    private static ResponseEntity<DeviceTypeView> answer(HttpStatus status, DeviceType type) {
        return ResponseEntity.status(status).eTag(EntityTags.of(type.version())).body(DeviceTypeView.of(type));
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record DeviceTypeView(
            String id,
            @Nullable String name,
            PayloadFormat payloadFormat,
            Map<String, StreamDescription> streams,
            Map<String, CommandDescription> commands,
            @Nullable JsonNode defaultDesiredState,
            @Nullable Long offlineAfter,
            @Nullable WakeUp wakeUp,
            Instant createdAt,
            long version) {

        static DeviceTypeView of(DeviceType type) {
            DeviceTypeDescription description = type.description();
            return new DeviceTypeView(
                    type.id(),
                    description.name(),
                    description.payloadFormat(),
                    description.streams(),
                    description.commands(),
                    description.defaultDesiredState(),
                    description.offlineAfter(),
                    description.wakeUp(),
                    type.createdAt(),
                    type.version());
        }
    }
}
