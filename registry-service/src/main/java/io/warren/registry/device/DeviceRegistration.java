package io.warren.registry.device;

import static java.util.stream.Collectors.toSet;

import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.device.DeviceId;
import io.warren.contracts.device.TenantId;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.web.EntityTags;
import io.warren.registry.RegistryProblems;
import io.warren.registry.presence.Presences;
import io.warren.registry.tenant.Tenants;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
        Optional<Device> existing = lock(address, description);
        EntityTags.check(ifMatch, existing.map(Device::version));
        if (existing.isPresent()) {
            describe(existing.get(), description);
            return new Outcome(existing.get(), false);
        }
        return new Outcome(
                register(address.tenant(), Map.of(address.device(), description), Map.of())
                        .getFirst(),
                true);
    }

    /**
     * Does the same for many devices of a tenant, all or none of them, with as many statements as for one.
     *
     * @param descriptions some hundreds at the most
     * @param onlyNew whether devices that exist are left as they are
     * @return what became of each
     * @throws ProblemException if one of them is not allowed, or there is no such tenant
     */
    @Transactional
    public Map<DeviceId, Change> putAll(
            TenantId tenant, Map<DeviceId, DeviceDescription> descriptions, boolean onlyNew) {
        devices.reserve(tenant);
        Map<DeviceId, Device> existing = devices.lock(tenant, descriptions);
        Map<DeviceId, DeviceDescription> unknown = new HashMap<>(descriptions);
        unknown.keySet().removeAll(existing.keySet());
        List<Device> registered = register(tenant, unknown, Map.of());
        List<Device> described = onlyNew ? List.of() : describe(existing, descriptions);

        Map<DeviceId, Change> outcomes = new HashMap<>();
        existing.keySet().forEach(id -> outcomes.put(id, onlyNew ? Change.REFUSED : Change.UNCHANGED));
        registered.forEach(device -> outcomes.put(device.address().device(), Change.CREATED));
        described.forEach(device -> outcomes.put(device.address().device(), Change.UPDATED));
        return outcomes;
    }

    /** Changes the description of a device that exists. */
    @Transactional
    Device change(DeviceAddress address, UnaryOperator<DeviceDescription> change, @Nullable String ifMatch) {
        Device device = lock(address, change);
        EntityTags.check(ifMatch, device.version());
        describe(device, change.apply(device.description()));
        return device;
    }

    /**
     * Does the same for whoever does not want to see the device.
     *
     * @return whether anything is different now
     * @throws ProblemException if there is no such device, or what it is to become is not allowed
     */
    @Transactional
    public boolean change(DeviceAddress address, UnaryOperator<DeviceDescription> change) {
        Device device = lock(address, change);
        long before = device.version();
        describe(device, change.apply(device.description()));
        return device.version() != before;
    }

    /**
     * Locks devices that are then changed one after the other, and the gateway devices that they are to sit behind, all in the order
     * in which everybody locks them; those that do not exist are left out. Part of the caller's transaction.
     */
    @Transactional
    public void hold(TenantId tenant, Collection<DeviceId> ids, UnaryOperator<DeviceDescription> change) {
        Map<DeviceId, DeviceDescription> likely = devices.glance(tenant, ids);
        likely.replaceAll((_, description) -> likely(description, change));
        Map<DeviceId, Device> _ = devices.lock(tenant, likely);
    }

    private static DeviceDescription likely(DeviceDescription description, UnaryOperator<DeviceDescription> change) {
        try {
            return change.apply(description);
        } catch (ProblemException e) {
            return description; // refused when its turn comes
        }
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
     * Lets in devices of a tenant that register themselves, once or again, with as many statements as for one. Part of the caller's
     * transaction, to whose end their rows are locked.
     *
     * @param newcomers some dozens at the most
     * @throws ProblemException if there is no such tenant, or if it may have no more devices
     */
    @Transactional
    public Map<DeviceId, Admission> admit(TenantId tenant, Map<DeviceId, Newcomer> newcomers) {
        devices.reserve(tenant, newcomers.keySet());
        Map<DeviceId, DeviceDescription> unknown = new HashMap<>();
        newcomers.forEach((id, newcomer) -> unknown.put(id, newcomer.description()));
        Map<DeviceId, Device> existing = devices.lock(tenant, unknown);
        unknown.keySet().removeAll(existing.keySet());
        Map<DeviceId, Origin> origins = new HashMap<>();
        unknown.keySet()
                .forEach(id -> origins.put(
                        id, Objects.requireNonNull(newcomers.get(id)).origin()));
        register(tenant, unknown, origins);

        Map<DeviceId, Admission> admissions = new HashMap<>();
        unknown.keySet().forEach(id -> admissions.put(id, Admission.NEW));
        existing.forEach((id, device) -> admissions.put(id, admit(device, Objects.requireNonNull(newcomers.get(id)))));
        return admissions;
    }

    private Admission admit(Device device, Newcomer newcomer) {
        if (!newcomer.replacing() && !newcomer.origin().enrollment().equals(device.enrollment())) {
            return Admission.OTHERS;
        }
        if (!device.enabled()) {
            return Admission.DISABLED;
        }
        boolean again = device.letIn(newcomer.origin());
        if (!newcomer.replacing()) {
            return again ? Admission.REPEATED : Admission.KNOWN;
        }
        DeviceDescription known = device.description();
        describe(
                device,
                new DeviceDescription(
                        known.type(),
                        known.name(),
                        known.tags(),
                        newcomer.description().identifiers(),
                        known.gateway(),
                        known.enabled()));
        return Admission.REPLACED;
    }

    private Optional<Device> lock(DeviceAddress address, DeviceDescription description) {
        return Optional.ofNullable(devices.lock(address.tenant(), Map.of(address.device(), description))
                .get(address.device()));
    }

    private Device lock(DeviceAddress address, UnaryOperator<DeviceDescription> change) {
        // what it becomes says what else is to be locked, and is certain only once it is
        DeviceDescription likely = change.apply(devices.glance(address));
        return lock(address, likely).orElseThrow(() -> RegistryProblems.deviceNotFound(address));
    }

    /** Makes devices; {@code origins} has what let those in that register themselves. */
    private List<Device> register(
            TenantId tenant, Map<DeviceId, DeviceDescription> descriptions, Map<DeviceId, Origin> origins) {
        if (descriptions.isEmpty()) {
            return List.of();
        }
        tenants.requireRoom(tenant, descriptions.size());
        Map<DeviceId, Long> lastVersions = devices.lastVersions(tenant, descriptions.keySet());
        Instant now = clock.instant();
        List<Device> registered = descriptions.entrySet().stream()
                .map(entry -> new Device(
                        new DeviceAddress(tenant, entry.getKey()),
                        entry.getValue(),
                        origins.get(entry.getKey()),
                        now,
                        lastVersions.getOrDefault(entry.getKey(), 0L) + 1))
                .toList();
        devices.add(registered);
        presences.begin(registered.stream().map(Device::address).toList());
        changes.registered(registered);
        return registered;
    }

    private void describe(Device device, DeviceDescription description) {
        DeviceId id = device.address().device();
        describe(Map.of(id, device), Map.of(id, description));
    }

    /** Gives devices their descriptions; returns those that are different now. */
    private List<Device> describe(Map<DeviceId, Device> known, Map<DeviceId, DeviceDescription> descriptions) {
        Map<DeviceId, DeviceDescription> before = new HashMap<>();
        known.forEach((id, device) -> before.put(id, device.description()));
        List<Device> described = known.entrySet().stream()
                .filter(entry -> entry.getValue().describe(Objects.requireNonNull(descriptions.get(entry.getKey()))))
                .map(Map.Entry::getValue)
                .toList();
        devices.write(described.stream()
                .filter(device -> !Objects.equals(
                        Objects.requireNonNull(before.get(device.address().device()))
                                .gateway(),
                        device.description().gateway()))
                .toList());
        changes.updated(described);
        changes.moved(described.stream()
                .filter(device -> isReachedAnew(
                        Objects.requireNonNull(before.get(device.address().device())), device.description()))
                .map(Device::address)
                .collect(toSet()));
        return described;
    }

    /** Whether a device that is described in another way is reached in another: through another gateway, or through its own again. */
    private static boolean isReachedAnew(DeviceDescription before, DeviceDescription after) {
        return !Objects.equals(before.gateway(), after.gateway())
                || (after.gateway() != null
                        && Boolean.TRUE.equals(after.enabled())
                        && !Boolean.TRUE.equals(before.enabled()));
    }

    /** What became of one of many devices. */
    public enum Change {
        /** It is new. */
        CREATED,
        /** It has another description now. */
        UPDATED,
        /** It had this description before. */
        UNCHANGED,
        /** It was there, and only new ones were to be made. */
        REFUSED
    }

    /** What became of a device that wants to be let in. */
    public enum Admission {
        /** It was not known before. */
        NEW,
        /** The same enrolment let it in before. */
        KNOWN,
        /** The same attempt let it in before: the answer did not reach it. */
        REPEATED,
        /** It was let in before, and is another board now. */
        REPLACED,
        /** It was let in before, and its tenant has disabled it since. */
        DISABLED,
        /** The id belongs to a device that came another way. */
        OTHERS
    }

    record Outcome(Device device, boolean created) {}
}
