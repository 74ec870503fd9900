package io.warren.provisioning.proof;

import io.warren.contracts.device.DeviceAddress;
import io.warren.platform.problem.ProblemException;
import io.warren.provisioning.attestation.Attestations;
import io.warren.provisioning.attestation.Attested;
import io.warren.provisioning.attestation.RegisterRequest;
import io.warren.provisioning.attestation.RegisterRequest.Attestation;
import io.warren.provisioning.attestation.Source;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Judges proofs that come as one text, without a side effect. */
@Component
public class TextProofs {

    private final Attestations attestations;

    TextProofs(Attestations attestations) {
        this.attestations = attestations;
    }

    /** What is found of a device that shows a proof; empty if that proves nothing. */
    public Optional<Attested> judge(DeviceAddress device, String text, Source source) {
        return requests(device, text, null).stream()
                .flatMap(request -> attested(request, source).stream())
                .findFirst();
    }

    /** A proof as part of a request: of what it proves, or if that is nothing, of what it most likely was to prove. */
    public RegisterRequest request(DeviceAddress device, String text, @Nullable String csr, Source source) {
        List<RegisterRequest> requests = requests(device, text, csr);
        return requests.stream()
                .filter(request -> attested(request, source).isPresent())
                .findFirst()
                .orElseGet(requests::getFirst);
    }

    private Optional<Attested> attested(RegisterRequest request, Source source) {
        try {
            return attestations.attest(request, source) instanceof Attested attested
                    ? Optional.of(attested)
                    : Optional.empty();
        } catch (ProblemException e) {
            return Optional.empty(); // no request of that kind
        }
    }

    private static List<RegisterRequest> requests(DeviceAddress device, String text, @Nullable String csr) {
        TextProof proof = TextProof.parse(text);
        return proof.kinds().stream()
                .map(kind -> new RegisterRequest(
                        device.tenant(),
                        device.device(),
                        new Attestation(kind, proof.token(), proof.group()),
                        null,
                        null,
                        null,
                        csr))
                .toList();
    }
}
