package io.warren.provisioning.attestation;

import static java.util.stream.Collectors.groupingBy;

import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.platform.problem.Violation;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Finds out who a device is. */
@Component
public class Attestations {

    private final Map<AttestationKind, List<Attestor>> attestors;

    Attestations(List<Attestor> attestors) {
        this.attestors = attestors.stream().collect(groupingBy(Attestor::kind));
    }

    /**
     * Judges a device's proof, without a side effect.
     *
     * @throws ProblemException if the request does not go with its kind of proof
     */
    public Verdict attest(RegisterRequest request, Source source) {
        RegisterRequest.Attestation proof = request.attestation();
        if (proof.kind() != AttestationKind.X509) {
            require(request.deviceId() != null, "/deviceId");
            require(proof.token() != null, "/attestation/token");
        }
        return attestors.getOrDefault(proof.kind(), List.of()).stream()
                .flatMap(attestor -> attestor.judge(request, source).stream())
                .findFirst()
                .orElseGet(() -> Refusal.unproven("The tenant has nothing that such a proof could open.", null));
    }

    private static void require(boolean there, String place) {
        if (!there) {
            throw new ProblemException(
                    ProblemKind.INVALID,
                    "Some fields are not allowed to be as they are.",
                    List.of(new Violation(place, "must not be left out with this kind of attestation")));
        }
    }
}
