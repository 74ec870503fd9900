package io.warren.provisioning.bootstrap;

import io.warren.contracts.registry.RegistrationReply;
import io.warren.provisioning.attestation.Attested;
import io.warren.provisioning.attestation.RegisterRequest;
import io.warren.provisioning.attestation.Source;
import io.warren.provisioning.inquiry.InquiryRush;
import io.warren.provisioning.registration.Decision;
import io.warren.provisioning.registration.RegistrationLedger;
import io.warren.provisioning.registration.RegistrationStatus;
import io.warren.provisioning.turnstile.Turnstile;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Decides on devices that have proven themselves, and gives the tenants' own systems a moment to have their say. */
@Component
class Decisions {

    /** One may have to agree, and one choose an installation. */
    private static final int MOST_HOOKS = 2;

    private final RegistrationLedger ledger;
    private final InquiryRush rush;
    private final Turnstile turnstile;

    Decisions(RegistrationLedger ledger, InquiryRush rush, Turnstile turnstile) {
        this.ledger = ledger;
        this.rush = rush;
        this.turnstile = turnstile;
    }

    Decision open(RegisterRequest request, Attested attested, Source source) {
        Decision decision = ledger.open(request, attested, source);
        for (int asked = 0; asked < MOST_HOOKS; asked++) {
            if (!(decision instanceof Decision.Waiting(UUID registration, RegistrationStatus status))
                    || status != RegistrationStatus.PENDING_HOOK
                    || !turnstile.aside(() -> rush.await(request.tenant(), registration))) {
                return decision;
            }
            decision = ledger.open(request, attested, source);
        }
        return decision;
    }

    /** Keeps account of the registry's answer; answers where the registration is now, if it waits for that answer still. */
    Optional<RegistrationStatus> close(Decision.Admitted admitted, Attested attested, RegistrationReply reply) {
        return ledger.close(admitted, attested, reply);
    }
}
