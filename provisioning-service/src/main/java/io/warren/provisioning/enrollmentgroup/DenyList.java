package io.warren.provisioning.enrollmentgroup;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.warren.contracts.device.DeviceId;
import io.warren.contracts.device.TenantId;
import io.warren.provisioning.admission.AdmissionStep;
import io.warren.provisioning.admission.Candidate;
import io.warren.provisioning.admission.Ruling;
import io.warren.provisioning.attestation.Door;
import io.warren.provisioning.enrollmentgroup.OpenGroups.GroupChanged;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.event.TransactionalEventListener;

/** Who of a group's devices is not let in, whatever it proves. */
@Component
@Order(AdmissionStep.DENIAL)
class DenyList implements AdmissionStep {

    private static final Duration MOMENT = Duration.ofSeconds(1);
    private static final int MOST = 1_000;

    /** Whether a group's list has anybody on it, remembered for a moment: most have not, and a fleet comes all at once. */
    private final Cache<EnrollmentGroupKey, Boolean> used =
            Caffeine.newBuilder().expireAfterWrite(MOMENT).maximumSize(MOST).build();

    private final JdbcClient jdbc;
    private final EnrollmentGroups groups;
    private final Clock clock;

    DenyList(JdbcClient jdbc, EnrollmentGroups groups, Clock clock) {
        this.jdbc = jdbc;
        this.groups = groups;
        this.clock = clock;
    }

    @Override
    public Ruling rule(Candidate candidate) {
        if (candidate.door().kind() != Door.Kind.GROUP
                || !used.get(
                        new EnrollmentGroupKey(
                                candidate.tenant().value(), candidate.door().id()),
                        this::isUsed)) {
            return Ruling.pass(candidate);
        }
        return find(
                        candidate.tenant(),
                        candidate.door().id(),
                        candidate.attested().device())
                .map(denied -> Ruling.refuse(
                        candidate,
                        denied.reason() == null
                                ? "The device is on the group's deny list."
                                : "The device is on the group's deny list: " + denied.reason()))
                .orElseGet(() -> Ruling.pass(candidate));
    }

    /** Puts a device on the list, or gives another reason. */
    @Transactional
    Denied add(TenantId tenant, String group, DeviceId registration, @Nullable String reason) {
        groups.lock(tenant, group, null);
        jdbc.sql("""
                        INSERT INTO enrollment_group_denied (tenant, group_id, registration_id, reason, denied_at)
                        VALUES (?, ?, ?, ?, ?)
                        ON CONFLICT (tenant, group_id, registration_id) DO UPDATE SET reason = excluded.reason""")
                .param(tenant.value())
                .param(group)
                .param(registration.value())
                .param(reason)
                .param(Timestamp.from(clock.instant()))
                .update();
        return find(tenant, group, registration).orElseThrow();
    }

    /** Takes a device off the list, on which it need not be. */
    @Transactional
    void remove(TenantId tenant, String group, DeviceId registration) {
        groups.lock(tenant, group, null);
        jdbc.sql("DELETE FROM enrollment_group_denied WHERE tenant = ? AND group_id = ? AND registration_id = ?")
                .params(tenant.value(), group, registration.value())
                .update();
    }

    /** Some of a group's list, in the order of registration ids, behind one. */
    @Transactional(readOnly = true)
    List<Denied> after(TenantId tenant, String group, String after, int limit) {
        groups.get(tenant, group);
        return jdbc.sql("""
                        SELECT registration_id, reason, denied_at FROM enrollment_group_denied
                        WHERE tenant = ? AND group_id = ? AND registration_id > ?
                        ORDER BY registration_id LIMIT ?""")
                .params(tenant.value(), group, after, limit)
                .query(DenyList::denied)
                .list();
    }

    @TransactionalEventListener
    void forget(GroupChanged change) {
        used.invalidate(change.group());
    }

    private boolean isUsed(EnrollmentGroupKey group) {
        return jdbc.sql("SELECT EXISTS (SELECT FROM enrollment_group_denied WHERE tenant = ? AND group_id = ?)")
                .params(group.tenant(), group.id())
                .query(Boolean.class)
                .single();
    }

    Optional<Denied> find(TenantId tenant, String group, DeviceId registration) {
        return jdbc.sql("""
                        SELECT registration_id, reason, denied_at FROM enrollment_group_denied
                        WHERE tenant = ? AND group_id = ? AND registration_id = ?""")
                .params(tenant.value(), group, registration.value())
                .query(DenyList::denied)
                .optional();
    }

    private static Denied denied(ResultSet row, int number) throws SQLException {
        return new Denied(
                row.getString("registration_id"),
                row.getString("reason"),
                row.getTimestamp("denied_at").toInstant());
    }

    /**
     * A device that is not let in.
     *
     * @param registrationId what it calls itself
     * @param reason why, for people
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Denied(String registrationId, @Nullable String reason, Instant deniedAt) {}
}
