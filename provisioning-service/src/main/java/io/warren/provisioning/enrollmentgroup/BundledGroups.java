package io.warren.provisioning.enrollmentgroup;

import io.warren.contracts.device.TenantId;
import io.warren.platform.transfer.Outcome;
import io.warren.provisioning.attestation.Door;
import io.warren.provisioning.attestation.SymmetricKey;
import io.warren.provisioning.offlinebundle.BundlePart;
import io.warren.provisioning.offlinebundle.BundleRow;
import io.warren.provisioning.offlinebundle.Delivery;
import io.warren.provisioning.offlinebundle.Result;
import io.warren.provisioning.offlinebundle.Selection;
import io.warren.provisioning.policy.EnrollmentPolicy;
import io.warren.provisioning.sealing.EnrollmentSeal;
import io.warren.provisioning.sealing.HookSecrets;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Groups as bundles have them: as they are asked for, with their keys and the secrets of their hooks. */
@Component
@Order(BundlePart.GROUPS)
class BundledGroups implements BundlePart<BundledGroups.Row> {

    private final EnrollmentGroups groups;
    private final EnrollmentGroupRepository repository;
    private final GroupKeys keys;
    private final HookSecrets hooks;
    private final GroupEnding ending;

    BundledGroups(
            EnrollmentGroups groups,
            EnrollmentGroupRepository repository,
            GroupKeys keys,
            HookSecrets hooks,
            GroupEnding ending) {
        this.groups = groups;
        this.repository = repository;
        this.keys = keys;
        this.hooks = hooks;
        this.ending = ending;
    }

    /** A group in a bundle. */
    record Row(@NotNull String id, @NotNull @Valid EnrollmentGroupRequest group) implements BundleRow {

        @Override
        public String label() {
            return id;
        }

        @Override
        public @Nullable String namedDeviceType() {
            return group.deviceType();
        }
    }

    @Override
    public String name() {
        return "groups";
    }

    @Override
    public Class<Row> type() {
        return Row.class;
    }

    @Override
    public void take(Selection selection, Consumer<Row> rows) {
        selection
                .groups()
                .forEach(id ->
                        rows.accept(new Row(id, opened(selection.tenant(), groups.get(selection.tenant(), id)))));
    }

    @Override
    public List<Result> put(Delivery delivery, List<Row> rows) {
        return rows.stream().map(row -> put(delivery, row)).toList();
    }

    private Result put(Delivery delivery, Row row) {
        EnrollmentGroupKey key = new EnrollmentGroupKey(delivery.tenant().value(), row.id());
        Result result = Result.of(() -> put(delivery, key, row.group()));
        if (result.outcome() == Outcome.REFUSED) {
            delivery.close(row.id());
        } else {
            delivery.open(row.id());
        }
        return result;
    }

    private Result put(Delivery delivery, EnrollmentGroupKey key, EnrollmentGroupRequest asked) {
        EnrollmentGroup existing = repository.lockByKey(key).orElse(null);
        boolean isSame = existing != null && opened(delivery.tenant(), existing).equals(asked);
        if (existing == null) {
            ending.end(delivery.tenant(), key.id());
        } else {
            Optional<Result> settled = delivery.settled(existing.bundleMadeAt(), isSame);
            if (settled.isPresent()) {
                return settled.get();
            }
        }
        if (!isSame) {
            groups.put(key, existing, asked);
        }
        repository.findById(key).orElseThrow().bringBy(delivery.madeAt());
        return Result.of(existing == null ? Outcome.CREATED : isSame ? Outcome.UNCHANGED : Outcome.UPDATED);
    }

    /** A group as it would be asked for. */
    private EnrollmentGroupRequest opened(TenantId tenant, EnrollmentGroup group) {
        String door = Door.name(Door.Kind.GROUP, group.id());
        EnrollmentPolicy policy = hooks.opened(tenant, door, group.policy());
        List<SymmetricKey> opened = keys.open(group, tenant.value());
        if (opened.size() != group.sealedKeys().size()) {
            throw EnrollmentSeal.sealedElsewhere(door);
        }
        return EnrollmentGroupRequest.of(
                opened.isEmpty()
                        ? group.attestation()
                        : new GroupAttestation(
                                GroupAttestation.Kind.SYMMETRIC_KEY,
                                opened.getFirst().text(),
                                opened.getLast().text(),
                                null),
                policy);
    }
}
