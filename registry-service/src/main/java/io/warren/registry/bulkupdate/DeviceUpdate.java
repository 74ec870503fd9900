package io.warren.registry.bulkupdate;

import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.device.DeviceId;
import io.warren.contracts.device.TenantId;
import io.warren.platform.web.MergePatch;
import io.warren.registry.device.DeviceDescription;
import io.warren.registry.device.DeviceRegistration;
import io.warren.registry.job.JobKind;
import java.util.List;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Applies a merge patch to the descriptions of a job's devices. One that it cannot be applied to fails by itself. */
@Component
class DeviceUpdate implements JobKind {

    static final String NAME = "device-update";

    private final DeviceRegistration registration;
    private final MergePatch patches;

    DeviceUpdate(DeviceRegistration registration, MergePatch patches) {
        this.registration = registration;
        this.patches = patches;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Outcome> work(Part part) {
        return part.devices().stream()
                .map(device -> new Outcome(
                        device, update(part.tenant(), device, part.request()) ? "updated" : "unchanged", null))
                .toList();
    }

    private boolean update(TenantId tenant, DeviceId device, JsonNode patch) {
        return registration.change(
                new DeviceAddress(tenant, device),
                description -> patches.apply(patch, description, DeviceDescription.class));
    }
}
