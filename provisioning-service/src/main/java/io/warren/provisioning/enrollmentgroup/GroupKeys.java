package io.warren.provisioning.enrollmentgroup;

import io.warren.provisioning.attestation.SymmetricKey;
import io.warren.provisioning.sealing.EnrollmentSeal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The keys of groups, sealed each for its group: whoever has one can make those of all its devices. */
@Component
class GroupKeys {

    private final EnrollmentSeal seal;

    GroupKeys(EnrollmentSeal seal) {
        this.seal = seal;
    }

    byte[] close(SymmetricKey key, EnrollmentGroupKey group) {
        return seal.close(key.text().getBytes(StandardCharsets.US_ASCII), place(group));
    }

    /** The keys of a group, without one that is not sealed for it and this installation. */
    List<SymmetricKey> open(EnrollmentGroup group, String tenant) {
        String place = place(new EnrollmentGroupKey(tenant, group.id()));
        return group.sealedKeys().stream()
                .map(kept -> seal.open(kept, place))
                .flatMap(Optional::stream)
                .map(text -> new SymmetricKey(new String(text, StandardCharsets.US_ASCII)))
                .toList();
    }

    private static String place(EnrollmentGroupKey group) {
        return "enrollment-group-key\n" + group.tenant() + "\n" + group.id();
    }
}
