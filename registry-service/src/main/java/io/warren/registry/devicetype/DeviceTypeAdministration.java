package io.warren.registry.devicetype;

import io.warren.contracts.device.DeviceForms;
import io.warren.contracts.device.TenantId;
import io.warren.contracts.registry.DeviceTypeEvent;
import io.warren.contracts.registry.RegistryEvents;
import io.warren.platform.outbox.Outbox;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.platform.problem.Violation;
import io.warren.platform.web.EntityTags;
import io.warren.registry.device.DeviceDescription;
import io.warren.registry.tenant.TenantCreated;
import io.warren.registry.tenant.Tenants;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** How device types come, change and go. */
@Service
class DeviceTypeAdministration {

    private static final int MOST_CHARACTERS = 512 * 1024;

    private static final ProblemKind BUILT_IN =
            new ProblemKind("device-type-built-in", HttpStatus.CONFLICT, "The type is the same for everybody");

    private static final ProblemKind IN_USE =
            new ProblemKind("device-type-in-use", HttpStatus.CONFLICT, "There are devices of this type");

    private final DeviceTypes types;
    private final Tenants tenants;
    private final Outbox outbox;
    private final JsonMapper json;
    private final Clock clock;

    DeviceTypeAdministration(DeviceTypes types, Tenants tenants, Outbox outbox, JsonMapper json, Clock clock) {
        this.types = types;
        this.tenants = tenants;
        this.outbox = outbox;
        this.json = json;
        this.clock = clock;
    }

    /** Makes a type, or gives one that exists the description asked for; schemas that it has it keeps. */
    @Transactional
    Outcome put(TenantId tenant, String id, DeviceTypeDescription description, @Nullable String ifMatch) {
        requireOwn(id);
        if (!id.matches(DeviceForms.TYPE)) {
            throw invalid(List.of(new Violation("type", "of the form " + DeviceForms.TYPE)));
        }
        types.reserve(tenant, id);
        Optional<DeviceType> existing = types.lock(tenant, id);
        EntityTags.check(ifMatch, existing.map(DeviceType::version));
        if (existing.isPresent()) {
            describe(tenant, existing.get(), description);
            return new Outcome(existing.get(), false);
        }
        tenants.hold(tenant);
        DeviceType type = new DeviceType(
                DeviceTypeKey.of(tenant, id),
                grown(tenant, Map.of(), description),
                clock.instant(),
                types.lastVersion(tenant, id) + 1);
        types.add(type);
        publish(DeviceTypeEvent.UPDATED, type, type.version());
        return new Outcome(type, true);
    }

    /** Changes the description of a type that exists. */
    @Transactional
    DeviceType change(
            TenantId tenant, String id, UnaryOperator<DeviceTypeDescription> change, @Nullable String ifMatch) {
        requireOwn(id);
        DeviceType type = types.lock(tenant, id).orElseThrow(() -> DeviceTypes.notFound(id));
        EntityTags.check(ifMatch, type.version());
        describe(tenant, type, change.apply(type.description()));
        return type;
    }

    /** Removes a type that no device is of. */
    @Transactional
    void delete(TenantId tenant, String id, @Nullable String ifMatch) {
        requireOwn(id);
        types.reserve(tenant, id);
        DeviceType type = types.lock(tenant, id).orElseThrow(() -> DeviceTypes.notFound(id));
        EntityTags.check(ifMatch, type.version());
        if (types.isInUse(tenant, id)) {
            throw new ProblemException(IN_USE, "Give the devices of type " + id + " another type first.");
        }
        long lastVersion = type.version() + 1;
        types.remove(tenant, type, lastVersion);
        publish(DeviceTypeEvent.DELETED, type, lastVersion);
    }

    /** Gives a new tenant the type that all have, in the transaction that makes the tenant. */
    @EventListener
    void begin(TenantCreated created) {
        types.add(new DeviceType(
                DeviceTypeKey.of(created.tenant(), DeviceDescription.GENERIC),
                new DeviceTypeDescription(null, PayloadFormat.JSON, Map.of(), Map.of(), null, null, null),
                clock.instant(),
                1));
    }

    private void describe(TenantId tenant, DeviceType type, DeviceTypeDescription description) {
        DeviceTypeDescription before = type.description();
        DeviceTypeDescription after = grown(tenant, before.streams(), description);
        if (!SameJson.isSame(json.valueToTree(before), json.valueToTree(after))) {
            type.describe(after);
            types.flush();
            publish(DeviceTypeEvent.UPDATED, type, type.version());
        }
    }

    private DeviceTypeDescription grown(
            TenantId tenant,
            Map<String, DeviceTypeDescription.StreamDescription> streams,
            DeviceTypeDescription asked) {
        List<Violation> violations = DescriptionRules.violations(asked);
        SchemaVersions versions = new SchemaVersions();
        DeviceTypeDescription grown = asked.withStreams(versions.grow(streams, asked.streams()));
        if (violations.isEmpty()) {
            violations = versions.violations();
        }
        DeviceTypeDescription.WakeUp wakeUp = grown.wakeUp();
        if (violations.isEmpty() && wakeUp != null && !types.holdWakeUpChannel(tenant, wakeUp.channel())) {
            violations = List.of(new Violation("/wakeUp/channel", "a wake-up channel of the tenant"));
        }
        if (violations.isEmpty() && json.writeValueAsString(grown).length() > MOST_CHARACTERS) {
            violations = List.of(new Violation("", "at most " + MOST_CHARACTERS + " characters of JSON in all"));
        }
        if (!violations.isEmpty()) {
            throw invalid(violations);
        }
        return grown;
    }

    private void publish(String event, DeviceType type, long version) {
        outbox.append(RegistryEvents.EXCHANGE, event, type.event(version, clock.instant()));
    }

    private static void requireOwn(String id) {
        if (id.equals(DeviceDescription.GENERIC)) {
            throw new ProblemException(
                    BUILT_IN, "Every tenant has " + id + ", and none can change it: make a type of your own.");
        }
    }

    private static ProblemException invalid(List<Violation> violations) {
        return new ProblemException(ProblemKind.INVALID, "The device type is not allowed to be like this.", violations);
    }

    record Outcome(DeviceType type, boolean created) {}
}
