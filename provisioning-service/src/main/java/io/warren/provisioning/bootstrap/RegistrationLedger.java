package io.warren.provisioning.bootstrap;

import io.warren.contracts.device.TenantId;
import io.warren.contracts.registry.RegistrationReply;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.platform.web.Cursor;
import io.warren.platform.web.NewestFirst;
import io.warren.platform.web.Page;
import io.warren.provisioning.enrollment.Admission;
import io.warren.provisioning.enrollment.Admissions;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.http.HttpStatus;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Keeps account of who tried to bootstrap and what became of it. */
@Component
class RegistrationLedger {

    private static final ProblemKind NOT_FOUND =
            new ProblemKind("registration-not-found", HttpStatus.NOT_FOUND, "No such registration");

    private final RegistrationRepository registrations;
    private final Admissions admissions;
    private final RefusalBrake brake;
    private final BootstrapProperties properties;
    private final Clock clock;

    RegistrationLedger(
            RegistrationRepository registrations,
            Admissions admissions,
            RefusalBrake brake,
            BootstrapProperties properties,
            Clock clock) {
        this.registrations = registrations;
        this.admissions = admissions;
        this.brake = brake;
        this.properties = properties;
        this.clock = clock;
    }

    /** An attempt that was recorded, and the enrolment's decision, made in the same transaction. */
    record Attempt(@Nullable UUID registration, Admission admission) {}

    @Transactional
    Attempt open(RegisterRequest request) {
        Admission admission =
                admissions.admit(request.address(), request.attestation().token());
        return switch (admission) {
            case Admission.Admitted admitted -> new Attempt(record(request, admitted), admission);
            case Admission.Refused refused -> new Attempt(record(request, refused), admission);
        };
    }

    @Transactional
    void close(UUID id, RegistrationReply reply) {
        registrations.lockById(id).ifPresent(registration -> registration.answered(reply, now()));
    }

    @Transactional(readOnly = true)
    RegistrationView get(TenantId tenant, UUID id) {
        return registrations
                .findById(id)
                .filter(registration -> registration.isOf(tenant))
                .orElseThrow(() -> new ProblemException(NOT_FOUND, "This tenant has no such registration."))
                .view();
    }

    @Transactional(readOnly = true)
    Page<RegistrationView> list(TenantId tenant, @Nullable Cursor cursor, int limit) {
        NewestFirst<UUID> behind = NewestFirst.byId(cursor);
        List<RegistrationView> found =
                registrations.findBehind(tenant.value(), behind.createdAt(), behind.id(), Limit.of(limit + 1)).stream()
                        .map(Registration::view)
                        .toList();
        return Page.of(found, limit, last -> Cursor.after(last.createdAt(), last.id()));
    }

    @Scheduled(fixedDelay = 3_600_000, initialDelay = 300_000)
    @Transactional
    void prune() {
        registrations.deleteRefusedBefore(now().minus(properties.refusalRetention()));
    }

    private UUID record(RegisterRequest request, Admission.Admitted admitted) {
        Instant now = now();
        if (!admitted.first()) {
            Registration earlier = lockNewest(request, admitted.enrollment()).orElse(null);
            if (earlier != null) {
                earlier.attempt(request, now);
                earlier.admittedBy(admitted.enrollment());
                return earlier.id();
            }
        }
        Registration registration = new Registration(request, now);
        registration.admittedBy(admitted.enrollment());
        return registrations.save(registration).id();
    }

    private @Nullable UUID record(RegisterRequest request, Admission.Refused refused) {
        Instant now = now();
        Registration earlier = refused.enrollment() == null
                ? null
                : lockNewest(request, refused.enrollment())
                        .filter(Registration::isRefused)
                        .orElse(null);
        if (earlier != null) {
            earlier.attempt(request, now);
            earlier.refusedBecause(refused);
            return earlier.id();
        }
        // whoever is turned away must not be able to fill the disk with tries, under ever new ids perhaps
        if (!brake.mayRecord()) {
            return null;
        }
        Registration registration = new Registration(request, now);
        registration.refusedBecause(refused);
        return registrations.save(registration).id();
    }

    private Optional<Registration> lockNewest(RegisterRequest request, String enrollment) {
        return registrations.lockNewest(
                request.tenant().value(), request.deviceId().value(), enrollment);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
