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
     * Lets a request pass that is worth looking at.
     *
     * @throws ProblemException of kind {@code too-many-attempts} if too many from there failed
     */
    void check(RegisterRequest request, Source source) {
        guard.check(attempt(request, source));
    }

    /** What a device is told that has not proven itself. */
    ProblemException unproven(RegisterRequest request, Refusal refusal, Source source) {
        ledger.turnAway(request, refusal, source);
        if (refusal.kind() != Refusal.Kind.UNPROVEN) {
            return known(request, refusal);
        }
        turnstile.aside(() -> guard.failed(attempt(request, source).at(refusal.door())));
        return Refusals.problem(refusal, request.attestation().kind());
    }

    /** What a device is told that has proven itself, and is not wanted all the same. */
    ProblemException known(RegisterRequest request, Refusal refusal) {
        turnstile.aside(guard::turnedAway);
        return Refusals.problem(refusal, request.attestation().kind());
    }

    private static Attempt attempt(RegisterRequest request, Source source) {
        return Attempt.of(request.tenant(), request.deviceId(), source.address());
    }
}
