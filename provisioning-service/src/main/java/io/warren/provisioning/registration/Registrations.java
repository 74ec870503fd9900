package io.warren.provisioning.registration;

import io.warren.contracts.device.TenantId;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.platform.web.Cursor;
import io.warren.platform.web.NewestFirst;
import io.warren.platform.web.Page;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.http.HttpStatus;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** A tenant's registrations: read, and forgotten in time. */
@Component
class Registrations {

    private static final ProblemKind NOT_FOUND =
            new ProblemKind("registration-not-found", HttpStatus.NOT_FOUND, "No such registration");

    private final RegistrationRepository registrations;
    private final RegistrationProperties properties;
    private final Clock clock;

    Registrations(RegistrationRepository registrations, RegistrationProperties properties, Clock clock) {
        this.registrations = registrations;
        this.properties = properties;
        this.clock = clock;
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
        registrations.deleteRefusedBefore(clock.instant().minus(properties.refusalRetention()));
    }
}
