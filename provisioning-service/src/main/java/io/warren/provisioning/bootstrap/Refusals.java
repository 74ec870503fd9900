package io.warren.provisioning.bootstrap;

import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.provisioning.attestation.AttestationKind;
import io.warren.provisioning.attestation.Refusal;
import org.springframework.http.HttpStatus;

/** What devices are told that are turned away. */
final class Refusals {

    private static final ProblemKind TOKEN_REFUSED =
            new ProblemKind("claim-token-refused", HttpStatus.UNAUTHORIZED, "Claim token refused");
    private static final ProblemKind PROOF_REFUSED =
            new ProblemKind("attestation-refused", HttpStatus.UNAUTHORIZED, "Attestation refused");
    private static final ProblemKind USED =
            new ProblemKind("claim-token-used", HttpStatus.CONFLICT, "Claim token used");
    private static final ProblemKind OTHER_DEVICE =
            new ProblemKind("device-not-enrolled", HttpStatus.FORBIDDEN, "Enrolled for another device");
    private static final ProblemKind TAKEN =
            new ProblemKind("device-exists", HttpStatus.CONFLICT, "The device exists already");
    private static final ProblemKind UNWANTED =
            new ProblemKind("registration-refused", HttpStatus.FORBIDDEN, "Registration refused");

    private Refusals() {}

    static ProblemException problem(Refusal refusal, AttestationKind kind) {
        return switch (refusal.kind()) {
            // one wording for all: it must not tell that a proof was right once, or in part
            case UNPROVEN ->
                kind == AttestationKind.CLAIM_TOKEN
                        ? new ProblemException(TOKEN_REFUSED, "The claim token is not valid.")
                        : new ProblemException(PROOF_REFUSED, "The proof is not valid.");
            case USED -> new ProblemException(USED, refusal.reason());
            case OTHER_DEVICE -> new ProblemException(OTHER_DEVICE, refusal.reason());
            case TAKEN -> new ProblemException(TAKEN, refusal.reason());
            case UNWANTED -> new ProblemException(UNWANTED, refusal.reason());
        };
    }
}
