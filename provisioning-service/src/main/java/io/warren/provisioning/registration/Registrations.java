package io.warren.provisioning.registration;

import io.warren.contracts.device.TenantId;
import io.warren.contracts.provisioning.RegistrationEvent;
import io.warren.platform.outbox.Outbox;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.platform.web.Cursor;
import io.warren.platform.web.NewestFirst;
import io.warren.platform.web.Page;
import io.warren.provisioning.admission.AdmissionStep;
import io.warren.provisioning.attestation.Door;
import io.warren.provisioning.attestation.GroupGrants;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Sort;
import org.springframework.http.HttpStatus;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** A tenant's registrations: read, approved, denied, and forgotten in time. */
@Component
public class Registrations implements GroupGrants {

    private static final ProblemKind NOT_FOUND =
            new ProblemKind("registration-not-found", HttpStatus.NOT_FOUND, "No such registration");

    private static final ProblemKind NOT_WAITING =
            new ProblemKind("registration-not-waiting", HttpStatus.CONFLICT, "The registration does not wait for that");

    private static final ProblemKind CHANGED =
            new ProblemKind("registration-changed", HttpStatus.CONFLICT, "The registration has changed");

    private final RegistrationRepository registrations;
    private final List<AdmissionStep> steps;
    private final RegistrationProperties properties;
    private final Outbox outbox;
    private final Clock clock;

    Registrations(
            RegistrationRepository registrations,
            List<AdmissionStep> steps,
            RegistrationProperties properties,
            Outbox outbox,
            Clock clock) {
        this.registrations = registrations;
        this.steps = steps;
        this.properties = properties;
        this.outbox = outbox;
        this.clock = clock;
    }

    @Transactional(readOnly = true)
    RegistrationView get(TenantId tenant, UUID id) {
        return registrations
                .findById(id)
                .filter(registration -> registration.isOf(tenant))
                .orElseThrow(Registrations::notFound)
                .view();
    }

    /**
     * Where a registration is.
     *
     * @throws ProblemException if there is none of this id
     */
    @Transactional(readOnly = true)
    public RegistrationStatus status(UUID id) {
        return registrations.findById(id).orElseThrow(Registrations::notFound).status();
    }

    @Transactional(readOnly = true)
    Page<RegistrationView> list(TenantId tenant, RegistrationFilter filter, @Nullable Cursor cursor, int limit) {
        List<RegistrationView> found = registrations
                .findBy(
                        filter.of(tenant, NewestFirst.byId(cursor)),
                        all -> all.sortBy(Sort.by(Sort.Order.desc("createdAt"), Sort.Order.asc("id")))
                                .limit(limit + 1)
                                .all())
                .stream()
                .map(Registration::view)
                .toList();
        return Page.of(found, limit, last -> Cursor.after(last.createdAt(), last.id()));
    }

    /**
     * A person agrees to a device that waits for that, or was denied: it is let in when it comes again.
     *
     * @param generation of what the person has seen; absent, of whatever it is
     */
    @Transactional
    RegistrationView approve(TenantId tenant, UUID id, @Nullable Integer generation) {
        Registration registration = lock(tenant, id, generation);
        if (!registration.approve(now())) {
            throw new ProblemException(
                    NOT_WAITING, "Only a registration that waits for approval, or was denied, is approved.");
        }
        return registration.view();
    }

    /**
     * A person does not agree to a device that waits for that, or has been agreed to and has not come since: it is turned away until
     * somebody agrees.
     *
     * @param generation of what the person has seen; absent, of whatever it is
     */
    @Transactional
    RegistrationView deny(TenantId tenant, UUID id, @Nullable String reason, @Nullable Integer generation) {
        Registration registration = lock(tenant, id, generation);
        Instant now = now();
        boolean hadPlace = registration.hasPlace();
        if (!registration.deny(reason, now)) {
            throw new ProblemException(NOT_WAITING, "Only a registration that waits for approval is denied.");
        }
        if (hadPlace && !registration.hasPlace()) {
            steps.forEach(step -> step.release(registration.tenant(), registration.door()));
        }
        registrations.flush();
        outbox.append(RegistrationEvent.EXCHANGE, RegistrationEvent.REFUSED, registration.event(now));
        return registration.view();
    }

    /** With a group goes what it has decided on devices. */
    @Override
    @Transactional
    public Optional<String> endSome(TenantId tenant, String group, String after, int most) {
        String door = Door.name(Door.Kind.GROUP, group);
        return registrations.endSome(tenant.value(), door, after, most, "The enrolment group was removed.", now());
    }

    @Scheduled(fixedDelay = 3_600_000, initialDelay = 300_000)
    @Transactional
    void prune() {
        registrations.deleteRefusedBefore(clock.instant().minus(properties.refusalRetention()));
    }

    private Registration lock(TenantId tenant, UUID id, @Nullable Integer seen) {
        Registration found = registrations
                .lockById(id)
                .filter(registration -> registration.isOf(tenant))
                .orElseThrow(Registrations::notFound);
        if (seen != null && !found.isAt(seen)) {
            throw new ProblemException(CHANGED, "Another device or board asks by now: read the registration again.");
        }
        return found;
    }

    private static ProblemException notFound() {
        return new ProblemException(NOT_FOUND, "There is no such registration.");
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
