package io.warren.provisioning.manifest;

import io.warren.contracts.device.DeviceId;
import io.warren.provisioning.attestation.Attested;
import io.warren.provisioning.attestation.Facts;
import io.warren.provisioning.attestation.Refusal;
import io.warren.provisioning.attestation.RegisterRequest;
import io.warren.provisioning.attestation.Source;
import io.warren.provisioning.attestation.Verdict;
import io.warren.provisioning.enrollmentgroup.GroupDoors;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Lets devices whose elements have proven themselves to the doors of their groups, under the ids that their rows say. */
@Component
class ManifestDoors {

    private final GroupDoors groups;

    ManifestDoors(GroupDoors groups) {
        this.groups = groups;
    }

    /**
     * The verdict on a device whose element is the one of a row.
     *
     * @param certificate what its certificate says; absent if it has signed with a listed key
     * @return empty if the group is gone
     */
    Optional<Verdict> through(
            RegisterRequest request, Source source, ManifestRows.Kept row, @Nullable JsonNode certificate) {
        DeviceId device = row.entry().device();
        return groups.ofManifest(request.tenant(), row.group()).map(door -> {
            if (request.deviceId() != null && !request.deviceId().equals(device)) {
                return new Refusal(
                        Refusal.Kind.OTHER_DEVICE, "The manifest has its element in another device.", door.name());
            }
            Facts facts = Facts.of(request, device.value(), door, source).withManifest(attributes(row.entry()));
            return Attested.board(
                    door,
                    device,
                    certificate == null ? facts : facts.withCertificate(certificate),
                    "element/" + row.entry().element());
        });
    }

    private static JsonNode attributes(Entry entry) {
        ObjectNode attributes = JsonNodeFactory.instance.objectNode();
        entry.attributes().forEach(attributes::put);
        return attributes.put("element", entry.element());
    }
}
