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
import io.warren.provisioning.enrollmentgroup.OpenGroups.OpenGroup;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Knows devices by keys that are derived of their group's. */
@Component
class GroupKeyAttestor implements Attestor {

    private final OpenGroups groups;
    private final Clock clock;

    GroupKeyAttestor(OpenGroups groups, Clock clock) {
        this.groups = groups;
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
                groups.judge(request.tenant(), id, group -> judge(request, source, group), Attested.class::isInstance)
                        .orElseGet(() -> Refusal.unproven("The tenant has no such group with keys.", null)));
    }

    private Verdict judge(RegisterRequest request, Source source, OpenGroup group) {
        DeviceId device = request.requireDeviceId();
        DeviceAddress address = new DeviceAddress(request.tenant(), device);
        Instant now = clock.instant();
        Door door = group.door();
        String flaw = "The keys of the group cannot be opened.";
        for (SymmetricKey key : group.keys()) {
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
