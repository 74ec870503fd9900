package io.warren.provisioning.bootstrap;

import io.warren.platform.problem.ProblemException;
import io.warren.provisioning.attestation.Refusal;
import io.warren.provisioning.attestation.RegisterRequest;
import io.warren.provisioning.attestation.Source;
import io.warren.provisioning.bruteforce.Attempt;
import io.warren.provisioning.bruteforce.BruteForceGuard;
import io.warren.provisioning.registration.RegistrationLedger;
import io.warren.provisioning.turnstile.Turnstile;
import org.springframework.stereotype.Component;

/** Turns devices away. While they are held back, others have their places. */
@Component
class Rejections {

    private final RegistrationLedger ledger;
    private final BruteForceGuard guard;
    private final Turnstile turnstile;

    Rejections(RegistrationLedger ledger, BruteForceGuard guard, Turnstile turnstile) {
        this.ledger = ledger;
        this.guard = guard;
        this.turnstile = turnstile;
    }

    /**
     * Lets an attempt pass that is worth looking at.
     *
     * @throws ProblemException of kind {@code too-many-attempts} if too many from there failed
     */
    void check(Attempt attempt) {
        guard.check(attempt);
    }

    /** What a device is told that has not proven itself. */
    ProblemException unproven(RegisterRequest request, Refusal refusal, Source source) {
        return unproven(request, refusal, source, Attempt.of(request.tenant(), request.deviceId(), source.address()));
    }

    /**
     * What a device is told that has not proven itself.
     *
     * @param attempt what its failure is counted as
     */
    ProblemException unproven(RegisterRequest request, Refusal refusal, Source source, Attempt attempt) {
        ledger.turnAway(request, refusal, source);
        if (refusal.kind() != Refusal.Kind.UNPROVEN) {
            return known(request, refusal);
        }
        turnstile.leave(() -> guard.failed(attempt.at(refusal.door())));
        return Refusals.problem(refusal, request.attestation().kind());
    }

    /** What a device is told that has proven itself, and is not wanted all the same. */
    ProblemException known(RegisterRequest request, Refusal refusal) {
        turnstile.leave(guard::turnedAway);
        return Refusals.problem(refusal, request.attestation().kind());
    }
}
