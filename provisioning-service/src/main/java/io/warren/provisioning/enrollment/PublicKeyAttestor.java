package io.warren.provisioning.enrollment;

import io.warren.contracts.device.DeviceAddress;
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
import java.util.Objects;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Knows devices by what they sign with a key whose public half was listed beforehand. */
@Component
class PublicKeyAttestor implements Attestor {

    private final EnrollmentDoors doors;
    private final Clock clock;

    PublicKeyAttestor(EnrollmentDoors doors, Clock clock) {
        this.doors = doors;
        this.clock = clock;
    }

    @Override
    public AttestationKind kind() {
        return AttestationKind.PUBLIC_KEY;
    }

    @Override
    public Optional<Verdict> judge(RegisterRequest request, Source source) {
        if (request.attestation().group() != null) {
            return Optional.empty();
        }
        return doors.ofDevice(request, AttestationKind.PUBLIC_KEY)
                .map(enrollment -> flaw(request, enrollment)
                        .<Verdict>map(flaw -> Refusal.unproven(flaw, enrollment.door()))
                        .orElseGet(() -> doors.attested(enrollment, request, source)));
    }

    private Optional<String> flaw(RegisterRequest request, Enrollment enrollment) {
        Optional<SignedProof> parsed = SignedProof.parse(request.attestation().requireToken());
        if (parsed.isEmpty()) {
            return Optional.of("The proof is no JWS of a device.");
        }
        SignedProof proof = parsed.get();
        try {
            Optional<String> flaw =
                    proof.flaw(PublicKeys.read(Objects.requireNonNull(enrollment.publicKey())), clock.instant());
            if (flaw.isPresent()) {
                return flaw;
            }
        } catch (InvalidKeyException e) {
            throw new IllegalStateException("A public key was kept that cannot be read", e);
        }
        DeviceAddress address = new DeviceAddress(request.tenant(), request.requireDeviceId());
        return proof.device().equals(address)
                ? Optional.empty()
                : Optional.of("What the device has signed names another device.");
    }
}
