package io.warren.registry.bulkupdate;

import io.warren.contracts.device.DeviceAddress;
import io.warren.platform.web.MergePatch;
import io.warren.registry.device.DeviceDescription;
import io.warren.registry.device.DeviceRegistration;
import io.warren.registry.job.JobKind;
import java.util.List;
import java.util.function.UnaryOperator;
import org.springframework.stereotype.Component;

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
        UnaryOperator<DeviceDescription> change =
                description -> patches.apply(part.request(), description, DeviceDescription.class);
        registration.hold(part.tenant(), part.devices(), change);
        return part.devices().stream()
                .map(device -> new Outcome(
                        device,
                        registration.change(new DeviceAddress(part.tenant(), device), change) ? "updated" : "unchanged",
                        null))
                .toList();
    }
}
