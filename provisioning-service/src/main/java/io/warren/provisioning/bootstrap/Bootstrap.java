package io.warren.provisioning.bootstrap;

import io.warren.platform.problem.ProblemException;
import io.warren.provisioning.attestation.Attested;
import io.warren.provisioning.attestation.Refusal;
import io.warren.provisioning.attestation.RegisterRequest;
import io.warren.provisioning.attestation.Source;
import io.warren.provisioning.bruteforce.Attempt;
import io.warren.provisioning.turnstile.Turnstile;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/** Where devices come in, by whichever way they come: no more of them at once than can be seen to. */
@Component
public class Bootstrap {

    private final Rejections rejections;
    private final Turnstile turnstile;
    private final Reception reception;

    Bootstrap(Rejections rejections, Turnstile turnstile, Reception reception) {
        this.rejections = rejections;
        this.turnstile = turnstile;
        this.reception = reception;
    }

    /**
     * Lets a device in, or tells it to come again or where else to go.
     *
     * @param source where the request came from, by the platform's own word
     * @throws ProblemException if the device is turned away, too many others want in, or something behind this service is away
     */
    public BootstrapAnswer register(RegisterRequest request, Source source) {
        return inTurn(
                Attempt.of(request.tenant(), request.deviceId(), source.address()),
                () -> reception.register(request, source));
    }

    /** The same for a device whose proof has been judged, {@linkplain #inTurn in its turn}. */
    public BootstrapAnswer register(RegisterRequest request, Attested attested, Source source) {
        return reception.register(request, attested, source);
    }

    /**
     * Does what has to be done before a device can be let in, or instead, when it is its turn.
     *
     * @throws ProblemException if it is locked out, or too many others want in
     */
    public <T> T inTurn(Attempt attempt, Supplier<T> work) {
        rejections.check(attempt); // whoever is locked out takes nobody's place
        // one that does not say its name may be any
        return turnstile.pass(attempt.device() == null ? new Object() : attempt, work);
    }

    /**
     * Turns a device away {@linkplain #inTurn in its turn} that has not proven itself: it is kept account of, and held back.
     *
     * @param attempt what its failure is counted as
     */
    public ProblemException refuse(RegisterRequest request, Refusal refusal, Source source, Attempt attempt) {
        return rejections.unproven(request, refusal, source, attempt);
    }
}
