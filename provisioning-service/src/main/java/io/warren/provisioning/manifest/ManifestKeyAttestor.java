package io.warren.provisioning.manifest;

import io.warren.provisioning.attestation.AttestationKind;
import io.warren.provisioning.attestation.Attestor;
import io.warren.provisioning.attestation.Refusal;
import io.warren.provisioning.attestation.RegisterRequest;
import io.warren.provisioning.attestation.Source;
import io.warren.provisioning.attestation.Verdict;
import io.warren.provisioning.signedproof.PublicKeys;
import io.warren.provisioning.signedproof.SignedProof;
import java.security.InvalidKeyException;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Knows devices by the keys of their secure elements, which are listed in a manifest. */
@Component
class ManifestKeyAttestor implements Attestor {

    /** A device whose board was replaced is in several rows, but not in many. */
    private static final int MOST_ROWS = 16;

    private final ManifestRows rows;
    private final ManifestDoors doors;
    private final Clock clock;

    ManifestKeyAttestor(ManifestRows rows, ManifestDoors doors, Clock clock) {
        this.rows = rows;
        this.doors = doors;
        this.clock = clock;
    }

    @Override
    public AttestationKind kind() {
        return AttestationKind.PUBLIC_KEY;
    }

    @Override
    public Optional<Verdict> judge(RegisterRequest request, Source source) {
        List<ManifestRows.Kept> listed = rows.of(request.tenant(), request.requireDeviceId(), MOST_ROWS).stream()
                .filter(row -> row.entry().publicKey() != null
                        && row.isOf(request.attestation().group()))
                .toList();
        if (listed.isEmpty()) {
            return Optional.empty();
        }
        Optional<SignedProof> proof =
                SignedProof.parse(request.attestation().requireToken()).filter(signed -> signed.isOf(request));
        return proof.isEmpty()
                ? Optional.of(Refusal.unproven("What the device shows is no JWS of its own.", null))
                : judge(request, source, proof.get(), listed);
    }

    /** Boards of one device are told apart by their keys. */
    private Optional<Verdict> judge(
            RegisterRequest request, Source source, SignedProof proof, List<ManifestRows.Kept> listed) {
        String flaw = "";
        for (ManifestRows.Kept row : listed) {
            Optional<String> found = flaw(proof, row.entry());
            if (found.isEmpty()) {
                return doors.through(request, source, row, null);
            }
            flaw = found.get();
        }
        return Optional.of(Refusal.unproven(flaw, null));
    }

    private Optional<String> flaw(SignedProof proof, Entry entry) {
        try {
            byte[] key = Base64.getDecoder().decode(Objects.requireNonNull(entry.publicKey()));
            return proof.flaw(PublicKeys.ofDer(key), clock.instant());
        } catch (InvalidKeyException e) {
            throw new IllegalStateException("A key that was taken in can be read", e);
        }
    }
}
