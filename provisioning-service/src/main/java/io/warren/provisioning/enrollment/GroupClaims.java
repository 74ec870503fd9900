package io.warren.provisioning.enrollment;

import io.warren.contracts.device.DeviceId;
import io.warren.contracts.device.TenantId;
import io.warren.platform.problem.ProblemException;
import io.warren.provisioning.attestation.GroupGrants;
import io.warren.provisioning.enrollmentgroup.GroupDoors;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The claim tokens of groups: enrolments of one device each, for all of which their group's policy counts. */
@Component
public class GroupClaims implements GroupGrants {

    private final EnrollmentRepository enrollments;
    private final GroupDoors groups;
    private final Clock clock;

    GroupClaims(EnrollmentRepository enrollments, GroupDoors groups, Clock clock) {
        this.enrollments = enrollments;
        this.groups = groups;
        this.clock = clock;
    }

    /**
     * A claim token that was made.
     *
     * @param enrollment the id of its enrolment
     * @param device the only device that it is for; absent if any may use it
     * @param token shown this once
     */
    public record Made(String enrollment, @Nullable DeviceId device, String token) {

        /** Keeps the token out of logs. */
        @Override
        public String toString() {
            return "Made[enrollment=" + enrollment + "]";
        }
    }

    /**
     * Makes a claim token for each of some devices, all or none of them.
     *
     * @param group the id of a group of claim tokens
     * @param devices at most some thousands; null in it for a token that any device may use
     * @param expiresAt when they stop being good; absent, never
     * @throws ProblemException if the tenant has no such group
     */
    @Transactional
    public List<Made> make(
            TenantId tenant, String group, List<@Nullable DeviceId> devices, @Nullable Instant expiresAt) {
        groups.holdClaimTokens(tenant, group);
        Instant now = now();
        List<Made> made = new ArrayList<>();
        List<Enrollment> rows = new ArrayList<>();
        for (DeviceId device : devices) {
            ClaimToken token = ClaimToken.random();
            String id = UUID.randomUUID().toString();
            rows.add(Enrollment.ofGroup(
                    new EnrollmentKey(tenant.value(), id), group, Proof.of(token), device, expiresAt, now));
            made.add(new Made(id, device, token.value()));
        }
        enrollments.saveAllAndFlush(rows);
        return List.copyOf(made);
    }

    /** With a group go its claim tokens. */
    @Override
    @Transactional
    public Optional<String> endSome(TenantId tenant, String group, String after, int most) {
        return enrollments.revokeSome(tenant.value(), group, after, most, now());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
