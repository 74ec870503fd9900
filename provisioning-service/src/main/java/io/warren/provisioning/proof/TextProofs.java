package io.warren.provisioning.proof;

import io.warren.contracts.device.DeviceAddress;
import io.warren.platform.problem.ProblemException;
import io.warren.provisioning.attestation.Attestations;
import io.warren.provisioning.attestation.Attested;
import io.warren.provisioning.attestation.Refusal;
import io.warren.provisioning.attestation.RegisterRequest;
import io.warren.provisioning.attestation.RegisterRequest.Attestation;
import io.warren.provisioning.attestation.Source;
import io.warren.provisioning.attestation.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Judges proofs that come as one text, without a side effect. */
@Component
public class TextProofs {

    private final Attestations attestations;

    TextProofs(Attestations attestations) {
        this.attestations = attestations;
    }

    /**
     * What is found of a device that shows a proof.
     *
     * @param request with the proof as part of it: of what it proves, or if that is nothing, of what it most likely was to prove
     */
    public record Judgement(RegisterRequest request, Verdict verdict) {}

    /**
     * Judges a proof.
     *
     * @param csr a request for a certificate that goes with it
     */
    public Judgement judge(DeviceAddress device, String text, @Nullable String csr, Source source) {
        List<Judgement> refused = new ArrayList<>();
        for (RegisterRequest request : requests(device, text, csr)) {
            Judgement judgement = new Judgement(request, verdict(request, source));
            if (judgement.verdict() instanceof Attested) {
                return judgement;
            }
            refused.add(judgement);
        }
        return refused.getFirst();
    }

    private Verdict verdict(RegisterRequest request, Source source) {
        try {
            return attestations.attest(request, source);
        } catch (ProblemException e) {
            return Refusal.unproven("It is no proof of that kind.", null);
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
