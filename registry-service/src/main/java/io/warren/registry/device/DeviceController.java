package io.warren.registry.device;

import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.device.DeviceId;
import io.warren.platform.security.Caller;
import io.warren.platform.web.EntityTags;
import io.warren.platform.web.MergePatch;
import jakarta.validation.Valid;
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
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Devices over REST. */
@RestController
@RequestMapping("/api/v1/devices")
class DeviceController {

    private final DeviceRegistration registration;
    private final Devices devices;
    private final DeviceViews views;
    private final MergePatch patches;

    DeviceController(DeviceRegistration registration, Devices devices, DeviceViews views, MergePatch patches) {
        this.registration = registration;
        this.devices = devices;
        this.views = views;
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

    private ResponseEntity<DeviceView> answer(HttpStatus status, Device device) {
        return ResponseEntity.status(status)
                .eTag(EntityTags.of(device.version()))
                .body(views.of(device));
    }

    private static DeviceAddress address(Caller caller, DeviceId device) {
        return new DeviceAddress(caller.requireTenant(), device);
    }
}
