package io.warren.provisioning.registration;

import io.warren.contracts.device.DeviceId;
import io.warren.contracts.provisioning.RegistrationEvent;
import io.warren.contracts.registry.RegistrationReply;
import io.warren.platform.outbox.Outbox;
import io.warren.provisioning.admission.AdmissionStep;
import io.warren.provisioning.admission.Candidate;
import io.warren.provisioning.admission.Grant;
import io.warren.provisioning.admission.Platform;
import io.warren.provisioning.admission.Ruling;
import io.warren.provisioning.attestation.Attested;
import io.warren.provisioning.attestation.Refusal;
import io.warren.provisioning.attestation.RegisterRequest;
import io.warren.provisioning.attestation.Source;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Decides on attempts to bootstrap and keeps account of them, both in one transaction. The account of a device and a door is one
 * row, which a device that asks again continues.
 */
@Component
public class RegistrationLedger {

    private final RegistrationEntries entries;
    private final List<AdmissionStep> steps;
    private final RegistrationProperties properties;
    private final Outbox outbox;
    private final Clock clock;

    RegistrationLedger(
            RegistrationEntries entries,
            List<AdmissionStep> steps,
            RegistrationProperties properties,
            Outbox outbox,
            Clock clock) {
        this.entries = entries;
        this.steps = steps;
        this.properties = properties;
        this.outbox = outbox;
        this.clock = clock;
    }

    /** Decides on a device that has proven itself. */
    @Transactional
    public Decision open(RegisterRequest request, Attested attested, Source source) {
        Instant now = now();
        Registration registration = entries.open(request, attested, source, now);
        registration.heed(Board.of(request, attested));
        Repetition repetition = registration.repetition(request, attested, now, properties.repeatWindow());
        if (repetition instanceof Repetition.Refused(Refusal refusal)) {
            return turnAway(registration, request, attested.device(), refusal, source);
        }
        if (repetition instanceof Repetition.Other(Refusal refusal)) {
            recordAside(request, attested.device(), refusal, source);
            return new Decision.Refused(refusal);
        }
        Candidate candidate = registration.candidate(request, attested, repetition);
        for (AdmissionStep step : steps) {
            switch (step.rule(candidate)) {
                case Ruling.Pass(Grant grant) -> candidate = candidate.with(grant);
                case Ruling.Refuse(Refusal refusal) -> {
                    return turnAway(registration, request, attested.device(), refusal, source);
                }
                case Ruling.Wait(Ruling.Reason reason) -> {
                    registration.accept(request, attested, repetition);
                    return keepWaiting(registration, reason, candidate.grant(), now);
                }
                case Ruling.Send(Platform platform) -> {
                    registration.accept(request, attested, repetition);
                    return send(registration, platform, now);
                }
            }
        }
        registration.accept(request, attested, repetition);
        registration.admit(candidate.grant());
        return new Decision.Admitted(
                registration.id(),
                registration.generation(),
                registration.mode(),
                candidate.attested().facts().identifiers(),
                candidate.grant());
    }

    /** Keeps account of a device that did not prove itself, beside its way in if it has one: anybody can try in its name. */
    @Transactional
    public void turnAway(RegisterRequest request, Refusal refusal, Source source) {
        DeviceId device = request.deviceId();
        if (device != null) {
            recordAside(request, device, refusal, source);
        }
    }

    /**
     * Keeps account of the registry's answer.
     *
     * @return where the registration is now; empty if it waits for that answer no longer
     */
    @Transactional
    public Optional<RegistrationStatus> close(Decision.Admitted admitted, Attested attested, RegistrationReply reply) {
        Registration registration = entries.lock(admitted.registration());
        if (!registration.isAt(admitted.generation())) {
            return Optional.empty();
        }
        Instant now = now();
        boolean hadPlace = registration.hasPlace();
        if (registration.answered(reply, attested.door().policy().replacement(), now)) {
            switch (registration.status()) {
                case REGISTERED -> tell(RegistrationEvent.REGISTERED, registration, now);
                case PENDING_APPROVAL -> tell(RegistrationEvent.PENDING, registration, now);
                case REFUSED -> tell(RegistrationEvent.REFUSED, registration, now);
                case PENDING, PENDING_HOOK, ASSIGNED -> throw new IllegalStateException("No answer leads there");
            }
        }
        if (hadPlace && !registration.hasPlace()) {
            release(registration);
        }
        return Optional.of(registration.status());
    }

    /** Keeps others from deciding on a registration as long as the caller's transaction goes on. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void hold(UUID id) {
        entries.hold(id);
    }

    /** Keeps account of the tenant's own system having agreed: the device may come for its answer. */
    @Transactional
    public void resume(UUID id, int generation) {
        entries.lockHeld(id, generation).ifPresent(registration -> registration.resume(now()));
    }

    /** Keeps account of the tenant's own system not wanting a device. */
    @Transactional
    public void refuse(UUID id, int generation, String reason) {
        entries.lockHeld(id, generation).ifPresent(registration -> {
            Instant now = now();
            boolean hadPlace = registration.hasPlace();
            registration.refuse(reason, now);
            if (hadPlace && !registration.hasPlace()) {
                release(registration);
            }
            tell(RegistrationEvent.REFUSED, registration, now);
        });
    }

    private Decision keepWaiting(Registration registration, Ruling.Reason reason, Grant grant, Instant now) {
        RegistrationStatus before = registration.status();
        registration.await(reason, grant);
        if (registration.isFirst() || before != registration.status()) {
            tell(RegistrationEvent.PENDING, registration, now);
        }
        return new Decision.Waiting(registration.id(), registration.status());
    }

    private Decision send(Registration registration, Platform platform, Instant now) {
        boolean again = registration.status() == RegistrationStatus.ASSIGNED;
        registration.send(platform);
        if (!again) {
            tell(RegistrationEvent.ASSIGNED, registration, now);
        }
        return new Decision.Elsewhere(registration.id(), platform);
    }

    private Decision turnAway(
            Registration registration, RegisterRequest request, DeviceId device, Refusal refusal, Source source) {
        if (registration.isSettled()) {
            // that it is turned away now does not hide that it was let in
            recordAside(request, device, refusal, source);
        } else if (registration.isFirst() && !entries.mayRecordRefusal(request.tenant())) {
            entries.forget(registration);
        } else {
            boolean first = registration.isFirst() || registration.status() != RegistrationStatus.REFUSED;
            if (registration.hasPlace() && !registration.isFirst()) {
                release(registration);
            }
            registration.refuse(refusal.reason());
            if (first) {
                tell(RegistrationEvent.REFUSED, registration, now());
            }
        }
        return new Decision.Refused(refusal);
    }

    private void recordAside(RegisterRequest request, DeviceId device, Refusal refusal, Source source) {
        Instant now = now();
        entries.recordAside(request, device, refusal, source, now).ifPresent(aside -> {
            if (aside.isFirst()) {
                tell(RegistrationEvent.REFUSED, aside, now);
            } else {
                aside.describe(request);
                aside.refuse(refusal.reason());
            }
        });
    }

    private void tell(String type, Registration registration, Instant now) {
        entries.flush();
        outbox.append(RegistrationEvent.EXCHANGE, type, registration.event(now));
    }

    private void release(Registration registration) {
        steps.forEach(step -> step.release(registration.tenant(), registration.door()));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
