package io.warren.provisioning.registration;

import io.warren.contracts.device.DeviceId;
import io.warren.contracts.device.TenantId;
import io.warren.provisioning.attestation.Attested;
import io.warren.provisioning.attestation.Refusal;
import io.warren.provisioning.attestation.RegisterRequest;
import io.warren.provisioning.attestation.Source;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** The rows of the ledger: begun, continued, or not worth a row. Part of the caller's transaction. */
@Component
class RegistrationEntries {

    private final RegistrationRepository registrations;
    private final RefusalBudget budget;
    private final JsonMapper json;

    RegistrationEntries(RegistrationRepository registrations, RefusalBudget budget, JsonMapper json) {
        this.registrations = registrations;
        this.budget = budget;
        this.json = json;
    }

    /** The row of a device's way in through a door, with one attempt more, locked. */
    Registration open(RegisterRequest request, Attested attested, Source source, Instant now) {
        return registrations.open(
                request.tenant().value(),
                attested.device().value(),
                attested.device().value(),
                attested.door().name(),
                attested.board(),
                true,
                json.writeValueAsString(request.identifiers()),
                request.hardwareVersion(),
                request.firmwareVersion(),
                source.address(),
                RegistrationStatus.PENDING.name(),
                null,
                now);
    }

    /** The row of the attempts that are turned away beside it; empty if there is none, and too many others were made of late. */
    Optional<Registration> recordAside(
            RegisterRequest request, DeviceId device, Refusal refusal, Source source, Instant now) {
        boolean again = refusal.door() != null
                && registrations.isTurnedAwayAgain(request.tenant().value(), refusal.door(), device.value());
        RefusalBudget.Way way = refusal.door() == null ? RefusalBudget.Way.NOWHERE : RefusalBudget.Way.TO_A_DOOR;
        if (!again && !budget.mayRecord(request.tenant(), way)) {
            return Optional.empty();
        }
        return Optional.of(registrations.open(
                request.tenant().value(),
                device.value(),
                device.value(),
                refusal.door(),
                null,
                false,
                json.writeValueAsString(request.identifiers()),
                request.hardwareVersion(),
                request.firmwareVersion(),
                source.address(),
                RegistrationStatus.REFUSED.name(),
                refusal.reason(),
                now));
    }

    /** Whether one more attempt that is turned away at a door is worth a row. */
    boolean mayRecordRefusal(TenantId tenant) {
        return budget.mayRecord(tenant, RefusalBudget.Way.TO_A_DOOR);
    }

    /** Takes a row back that is not worth keeping. */
    void forget(Registration registration) {
        registrations.delete(registration);
    }

    /** A registration that waits for a hook, locked; empty if it does not any more. */
    Optional<Registration> lockHeld(UUID id, int generation) {
        return registrations
                .lockById(id)
                .filter(registration ->
                        registration.isAt(generation) && registration.status() == RegistrationStatus.PENDING_HOOK);
    }

    /** Locks a registration, if it is there. */
    void hold(UUID id) {
        Optional<Registration> _ = registrations.lockById(id);
    }

    Registration lock(UUID id) {
        return registrations.lockById(id).orElseThrow();
    }

    /** Writes what has changed, so that versions are the new ones. */
    void flush() {
        registrations.flush();
    }
}
