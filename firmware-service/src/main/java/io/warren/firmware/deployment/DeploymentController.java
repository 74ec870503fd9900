package io.warren.firmware.deployment;

import io.warren.contracts.device.DeviceAddress;
import io.warren.firmware.directory.DeviceDirectory;
import io.warren.platform.security.Caller;
import io.warren.platform.web.Cursor;
import io.warren.platform.web.Page;
import jakarta.validation.Valid;
import java.net.URI;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Deployments for integrators. */
@RestController
@RequestMapping("/api/v1/devices/{device}/deployments")
class DeploymentController {

    private final DeviceDirectory devices;
    private final Deployments deployments;
    private final JobDispatch dispatch;

    DeploymentController(DeviceDirectory devices, Deployments deployments, JobDispatch dispatch) {
        this.devices = devices;
        this.deployments = deployments;
        this.dispatch = dispatch;
    }

    @PostMapping
    ResponseEntity<DeploymentView> create(
            Caller caller, @PathVariable String device, @Valid @RequestBody DeploymentRequest request) {
        DeviceAddress address = devices.require(caller, device);
        DeploymentView deployment = deployments.create(address, request);
        dispatch.soon(deployment.id());
        return ResponseEntity.created(
                        URI.create("/api/v1/devices/" + address.device() + "/deployments/" + deployment.id()))
                .body(deployment);
    }

    @GetMapping("/{id}")
    DeploymentView get(Caller caller, @PathVariable String device, @PathVariable UUID id) {
        return deployments.get(devices.require(caller, device), id);
    }

    @GetMapping
    Page<DeploymentView> list(
            Caller caller,
            @PathVariable String device,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable Integer limit) {
        return deployments.list(devices.require(caller, device), Cursor.decode(cursor, 2), Cursor.limit(limit));
    }

    @PostMapping("/{id:[^:]+}:cancel")
    DeploymentView cancel(Caller caller, @PathVariable String device, @PathVariable UUID id) {
        DeploymentView deployment = deployments.cancel(devices.require(caller, device), id);
        dispatch.soon(id);
        return deployment;
    }
}
