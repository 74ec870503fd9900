package io.warren.registry.device;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.device.DeviceId;
import io.warren.contracts.device.TenantId;
import io.warren.platform.security.Caller;
import io.warren.platform.web.Cursor;
import io.warren.platform.web.EntityTags;
import io.warren.platform.web.MergePatch;
import io.warren.platform.web.Page;
import io.warren.registry.presence.Presence;
import io.warren.registry.presence.Presences;
import jakarta.validation.Valid;
import java.time.Instant;
import java.util.List;
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

/** Devices over REST. */
@RestController
@RequestMapping("/api/v1/devices")
class DeviceController {

    private final DeviceRegistration registration;
    private final Devices devices;
    private final Presences presences;
    private final MergePatch patches;

    DeviceController(DeviceRegistration registration, Devices devices, Presences presences, MergePatch patches) {
        this.registration = registration;
        this.devices = devices;
        this.presences = presences;
        this.patches = patches;
    }

    @PutMapping("/{device}")
    ResponseEntity<DeviceView> put(
            Caller caller,
            @PathVariable DeviceId device,
            @RequestBody @Valid DeviceDescription description,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        DeviceRegistration.Outcome outcome = registration.put(address(caller, device), description, ifMatch);
        return answer(outcome.created() ? HttpStatus.CREATED : HttpStatus.OK, outcome.device());
    }

    @GetMapping("/{device}")
    ResponseEntity<DeviceView> get(Caller caller, @PathVariable DeviceId device) {
        return answer(HttpStatus.OK, devices.get(address(caller, device)));
    }

    @PatchMapping(
            path = "/{device}",
            consumes = {MergePatch.MEDIA_TYPE, MediaType.APPLICATION_JSON_VALUE})
    ResponseEntity<DeviceView> patch(
            Caller caller,
            @PathVariable DeviceId device,
            @RequestBody JsonNode patch,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        return answer(
                HttpStatus.OK,
                registration.change(
                        address(caller, device),
                        description -> patches.apply(patch, description, DeviceDescription.class),
                        ifMatch));
    }

    @DeleteMapping("/{device}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(
            Caller caller,
            @PathVariable DeviceId device,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        registration.delete(address(caller, device), ifMatch);
    }

    @GetMapping
    Page<DeviceView> list(
            Caller caller,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        int size = Cursor.limit(limit);
        Cursor start = Cursor.decode(cursor, 1);
        String after = start == null ? "" : start.values().getFirst();
        TenantId tenant = caller.requireTenant();
        Page<Device> page = Page.of(
                devices.after(tenant, after, size + 1),
                size,
                device -> Cursor.after(device.address().device()));
        Map<DeviceId, Presence> there = presences.of(
                tenant,
                page.items().stream().map(device -> device.address().device()).toList());
        return page.map(device ->
                DeviceView.of(device, there.getOrDefault(device.address().device(), Presence.NEVER)));
    }

    private ResponseEntity<DeviceView> answer(HttpStatus status, Device device) {
        DeviceAddress address = device.address();
        Presence presence = presences
                .of(address.tenant(), List.of(address.device()))
                .getOrDefault(address.device(), Presence.NEVER);
        return ResponseEntity.status(status)
                .eTag(EntityTags.of(device.version()))
                .body(DeviceView.of(device, presence));
    }

    private static DeviceAddress address(Caller caller, DeviceId device) {
        return new DeviceAddress(caller.requireTenant(), device);
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record DeviceView(
            DeviceId id,
            String type,
            @Nullable String name,
            Map<String, String> tags,
            Map<String, String> identifiers,
            boolean enabled,
            boolean connected,
            @Nullable Instant lastSeenAt,
            Instant createdAt,
            long version) {

        static DeviceView of(Device device, Presence presence) {
            DeviceDescription description = device.description();
            return new DeviceView(
                    device.address().device(),
                    description.type(),
                    description.name(),
                    description.tags(),
                    description.identifiers(),
                    device.enabled(),
                    presence.connected(),
                    presence.lastSeenAt(),
                    device.createdAt(),
                    device.version());
        }
    }
}
