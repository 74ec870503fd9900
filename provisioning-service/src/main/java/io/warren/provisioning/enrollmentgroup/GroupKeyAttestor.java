package io.warren.provisioning.enrollmentgroup;

import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.device.DeviceId;
import io.warren.provisioning.attestation.AttestationKind;
import io.warren.provisioning.attestation.Attested;
import io.warren.provisioning.attestation.Attestor;
import io.warren.provisioning.attestation.Door;
import io.warren.provisioning.attestation.Facts;
import io.warren.provisioning.attestation.Refusal;
import io.warren.provisioning.attestation.RegisterRequest;
import io.warren.provisioning.attestation.Source;
import io.warren.provisioning.attestation.SymmetricKey;
import io.warren.provisioning.attestation.Verdict;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Knows devices by keys that are derived of their group's. */
@Component
class GroupKeyAttestor implements Attestor {

    private final EnrollmentGroupRepository groups;
    private final GroupKeys keys;
    private final Clock clock;

    GroupKeyAttestor(EnrollmentGroupRepository groups, GroupKeys keys, Clock clock) {
        this.groups = groups;
        this.keys = keys;
        this.clock = clock;
    }

    @Override
    public AttestationKind kind() {
        return AttestationKind.SYMMETRIC_KEY;
    }

    @Override
    public Optional<Verdict> judge(RegisterRequest request, Source source) {
        String id = request.attestation().group();
        if (id == null) {
            return Optional.empty();
        }
        return Optional.of(
                groups.findById(new EnrollmentGroupKey(request.tenant().value(), id))
                        .filter(group -> group.isOf(GroupAttestation.Kind.SYMMETRIC_KEY))
                        .map(group -> judge(request, source, group))
                        .orElseGet(() -> Refusal.unproven("The tenant has no such group with keys.", null)));
    }

    private Verdict judge(RegisterRequest request, Source source, EnrollmentGroup group) {
        DeviceId device = request.requireDeviceId();
        DeviceAddress address = new DeviceAddress(request.tenant(), device);
        Instant now = clock.instant();
        Door door = group.door();
        String flaw = "The keys of the group cannot be opened.";
        for (SymmetricKey key : keys.open(group, request.tenant().value())) {
            Optional<String> found =
                    key.ofDevice(device.value()).flaw(request.attestation().requireToken(), address, now);
            if (found.isEmpty()) {
                return new Attested(door, device, Facts.of(request, device.value(), door, source));
            }
            flaw = found.get();
        }
        return Refusal.unproven(flaw, door);
    }
}
