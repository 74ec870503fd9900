package io.warren.provisioning.bootstrap;

import io.warren.contracts.registry.RegistrationReply;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.provisioning.attestation.Attestations;
import io.warren.provisioning.attestation.Attested;
import io.warren.provisioning.attestation.Refusal;
import io.warren.provisioning.attestation.RegisterRequest;
import io.warren.provisioning.attestation.Source;
import io.warren.provisioning.registration.Decision;
import io.warren.provisioning.registration.RegistrationStatus;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Lets a device in. First its proof is judged, then the steps of its admission decide and the decision is kept, then the registry is
 * asked; a device that did not get the answer, for whatever reason, repeats its request and finds everything as if it were the first.
 */
@Component
class Reception {

    private final Attestations attestations;
    private final Decisions decisions;
    private final IdentityIssue identities;
    private final Rejections rejections;
    private final RetryTimes retries;

    Reception(
            Attestations attestations,
            Decisions decisions,
            IdentityIssue identities,
            Rejections rejections,
            RetryTimes retries) {
        this.attestations = attestations;
        this.decisions = decisions;
        this.identities = identities;
        this.rejections = rejections;
        this.retries = retries;
    }

    /**
     * Lets a device in, or tells it to come again or where else to go.
     *
     * @param source where the request came from, by the platform's own word
     * @throws ProblemException if the device is turned away, or something behind this service is away
     */
    BootstrapAnswer register(RegisterRequest request, Source source) {
        return switch (attestations.attest(request, source)) {
            case Attested attested -> register(request, attested, source);
            case Refusal refusal -> throw rejections.unproven(request, refusal, source);
        };
    }

    /** The same for a device whose proof has been judged. */
    BootstrapAnswer register(RegisterRequest request, Attested attested, Source source) {
        identities.check(request);
        return switch (decisions.open(request, attested, source)) {
            case Decision.Admitted admitted -> complete(request, attested, admitted);
            case Decision.Refused(Refusal refusal) -> throw rejections.known(request, refusal);
            case Decision.Waiting(UUID registration, RegistrationStatus status) -> pending(registration, status);
            case Decision.Elsewhere elsewhere ->
                new AssignedResponse(elsewhere.registration(), RegistrationStatus.ASSIGNED, elsewhere.platform());
        };
    }

    private BootstrapAnswer complete(RegisterRequest request, Attested attested, Decision.Admitted admitted) {
        IdentityIssue.Identity identity = identities.issue(request, attested, admitted);
        RegistrationReply reply = identity.reply();
        RegistrationStatus status = decisions.close(admitted, attested, reply).orElseThrow(this::overtaken);
        if (status == RegistrationStatus.PENDING_APPROVAL) {
            return pending(admitted.registration(), status);
        }
        return switch (reply.outcome()) {
            case REGISTERED, ALREADY_REGISTERED -> identity.answer();
            case CONFLICT ->
                throw rejections.known(
                        request,
                        new Refusal(
                                Refusal.Kind.TAKEN,
                                "This id belongs to a device that came in another way; ask the tenant.",
                                null));
            case REFUSED -> throw rejections.known(request, Refusal.unwanted(reasonOf(reply), attested.door()));
        };
    }

    /** Somebody else came by that name meanwhile, or what was agreed to is agreed to no longer. */
    private ProblemException overtaken() {
        return new ProblemException(
                ProblemKind.UNAVAILABLE, "The registration has moved on: repeat the request.", retries.whileAway());
    }

    private PendingResponse pending(UUID registration, RegistrationStatus status) {
        return new PendingResponse(registration, status, retries.whilePending().toSeconds());
    }

    private static String reasonOf(RegistrationReply reply) {
        String reason = reply.reason();
        return reason == null ? "The registry does not take this device." : reason;
    }
}
