package io.warren.provisioning.bootstrap;

import io.warren.platform.problem.ProblemException;
import io.warren.provisioning.attestation.RegisterRequest;
import io.warren.provisioning.attestation.Source;
import io.warren.provisioning.turnstile.Turnstile;
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
        rejections.check(request, source); // whoever is locked out takes nobody's place
        return turnstile.pass(() -> reception.register(request, source));
    }
}
