package io.warren.provisioning.registration;

import io.warren.contracts.device.TenantId;
import io.warren.platform.web.NewestFirst;
import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.Predicate;
import jakarta.persistence.criteria.Root;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.jpa.domain.Specification;

/**
 * Which registrations are wanted; what is left out is not asked for.
 *
 * @param door the name of the door that devices came through
 * @param deviceId what the device is called here, or calls itself
 * @param reason those that were turned away for a reason that has this in it
 * @param from those that began then or later
 * @param until those that began before
 */
record RegistrationFilter(
        @Nullable RegistrationStatus status,
        @Nullable String door,
        @Nullable String deviceId,
        @Nullable String reason,
        @Nullable Instant from,
        @Nullable Instant until) {

    /** What is wanted of a tenant's, behind a place in the list. */
    Specification<Registration> of(TenantId tenant, NewestFirst<UUID> behind) {
        return (registration, _, build) -> {
            List<Predicate> all = new ArrayList<>();
            all.add(build.equal(registration.get("tenant"), tenant.value()));
            all.add(isBehind(registration, build, behind));
            if (status != null) {
                all.add(build.equal(registration.get("status"), status));
            }
            if (door != null) {
                all.add(build.equal(registration.get("door"), door));
            }
            if (deviceId != null) {
                all.add(build.or(
                        build.equal(registration.get("deviceId"), deviceId),
                        build.equal(registration.get("registrationId"), deviceId)));
            }
            if (reason != null) {
                all.add(build.greaterThan(
                        build.locate(build.lower(registration.get("reason")), reason.toLowerCase(Locale.ROOT)), 0));
            }
            if (from != null) {
                all.add(build.greaterThanOrEqualTo(registration.get("createdAt"), from));
            }
            if (until != null) {
                all.add(build.lessThan(registration.get("createdAt"), until));
            }
            return build.and(all);
        };
    }

    private static Predicate isBehind(Root<Registration> registration, CriteriaBuilder build, NewestFirst<UUID> place) {
        return build.or(
                build.lessThan(registration.get("createdAt"), place.createdAt()),
                build.and(
                        build.equal(registration.get("createdAt"), place.createdAt()),
                        build.greaterThan(registration.get("id"), place.id())));
    }
}
