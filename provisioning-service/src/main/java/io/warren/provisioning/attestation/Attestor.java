package io.warren.provisioning.attestation;

import java.util.Optional;

/** Judges proofs of one kind against what one package keeps. Spring's order counts where a kind has several. */
public interface Attestor {

    /** The kind of proofs that it judges. */
    AttestationKind kind();

    /**
     * Judges a proof, without a side effect and outside of any transaction.
     *
     * @return empty if the proof is none that this one can judge, because it names, or leads to, nothing that is kept here
     */
    Optional<Verdict> judge(RegisterRequest request, Source source);
}
