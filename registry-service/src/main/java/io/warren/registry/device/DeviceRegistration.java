package io.warren.registry.device;

import io.warren.contracts.device.DeviceAddress;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.web.EntityTags;
import io.warren.registry.RegistryProblems;
import io.warren.registry.presence.Presences;
import io.warren.registry.tenant.Tenants;
import java.time.Clock;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** How devices come, change and go. */
@Service
public class DeviceRegistration {

    private final Devices devices;
    private final Tenants tenants;
    private final Presences presences;
    private final DeviceChanges changes;
    private final Clock clock;

    DeviceRegistration(Devices devices, Tenants tenants, Presences presences, DeviceChanges changes, Clock clock) {
        this.devices = devices;
        this.tenants = tenants;
        this.presences = presences;
        this.changes = changes;
        this.clock = clock;
    }

    /** Makes a device, or gives one that exists the description asked for. */
    @Transactional
    Outcome put(DeviceAddress address, DeviceDescription description, @Nullable String ifMatch) {
        devices.reserve(address);
        Optional<Device> existing = devices.lock(address);
        EntityTags.check(ifMatch, existing.map(Device::version));
        if (existing.isPresent()) {
            describe(existing.get(), description);
            return new Outcome(existing.get(), false);
        }
        return new Outcome(register(address, description, null), true);
    }

    /** Changes the description of a device that exists. */
    @Transactional
    Device change(DeviceAddress address, UnaryOperator<DeviceDescription> change, @Nullable String ifMatch) {
        Device device = devices.lock(address).orElseThrow(() -> RegistryProblems.deviceNotFound(address));
        EntityTags.check(ifMatch, device.version());
        describe(device, change.apply(device.description()));
        return device;
    }

    /** Removes a device and all that belongs to it. */
    @Transactional
    void delete(DeviceAddress address, @Nullable String ifMatch) {
        devices.reserve(address);
        Device device = devices.lock(address).orElseThrow(() -> RegistryProblems.deviceNotFound(address));
        EntityTags.check(ifMatch, device.version());
        long lastVersion = device.version() + 1;
        changes.leaves(device);
        devices.remove(device, lastVersion);
        changes.deleted(device, lastVersion);
    }

    /**
     * Lets in a device that registers itself, once or again. Part of the caller's transaction.
     *
     * @param enrollment the enrolment that admits it
     * @throws ProblemException if there is no such tenant
     */
    @Transactional
    public Admission admit(DeviceAddress address, DeviceDescription description, String enrollment) {
        devices.reserve(address);
        Optional<Device> existing = devices.lock(address);
        if (existing.isEmpty()) {
            register(address, description, enrollment);
            return Admission.NEW;
        }
        if (!enrollment.equals(existing.get().enrollment())) {
            return Admission.OTHERS;
        }
        return existing.get().enabled() ? Admission.KNOWN : Admission.DISABLED;
    }

    private Device register(DeviceAddress address, DeviceDescription description, @Nullable String enrollment) {
        tenants.hold(address.tenant());
        Device device = new Device(address, description, enrollment, clock.instant(), devices.lastVersion(address) + 1);
        devices.add(device);
        presences.begin(address);
        changes.registered(device);
        return device;
    }

    private void describe(Device device, DeviceDescription description) {
        if (device.describe(description)) {
            devices.flush();
            changes.updated(device);
        }
    }

    /** What became of a device that wants to be let in. */
    public enum Admission {
        /** It was not known before. */
        NEW,
        /** The same enrolment let it in before. */
        KNOWN,
        /** The same enrolment let it in before, and its tenant has disabled it since. */
        DISABLED,
        /** The id belongs to a device that came another way. */
        OTHERS
    }

    record Outcome(Device device, boolean created) {}
}
