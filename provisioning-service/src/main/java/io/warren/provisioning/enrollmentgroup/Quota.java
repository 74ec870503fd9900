package io.warren.provisioning.enrollmentgroup;

import io.warren.contracts.device.TenantId;
import io.warren.provisioning.admission.AdmissionStep;
import io.warren.provisioning.admission.Candidate;
import io.warren.provisioning.admission.Ruling;
import io.warren.provisioning.attestation.Door;
import io.warren.provisioning.registration.RegistrationCounts;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * A group lets in as many devices as it may. The places taken are counted in a row that only groups with a quota have, so that devices
 * of others do not wait for each other.
 */
@Component
@Order(AdmissionStep.QUOTA)
class Quota implements AdmissionStep {

    private final JdbcClient jdbc;
    private final RegistrationCounts registrations;

    Quota(JdbcClient jdbc, RegistrationCounts registrations) {
        this.jdbc = jdbc;
        this.registrations = registrations;
    }

    @Override
    public Ruling rule(Candidate candidate) {
        Integer quota = candidate.policy().quota();
        if (quota == null || candidate.admitted() || candidate.door().kind() != Door.Kind.GROUP) {
            return Ruling.pass(candidate);
        }
        String tenant = candidate.tenant().value();
        String group = candidate.door().id();
        if (take(tenant, group, quota)) {
            return Ruling.pass(candidate);
        }
        begin(candidate);
        if (take(tenant, group, quota)) {
            return Ruling.pass(candidate);
        }
        return Ruling.refuse(candidate, "The quota of the group is used up, or the group was removed.");
    }

    @Override
    public void release(TenantId tenant, String door) {
        String group = Door.groupOf(door);
        if (group != null) {
            // where nobody counts there is no row, whatever the policy says by now
            jdbc.sql("""
                            UPDATE enrollment_group_places SET taken = taken - 1
                            WHERE tenant = ? AND group_id = ? AND taken > 0""").params(tenant.value(), group).update();
        }
    }

    private boolean take(String tenant, String group, int quota) {
        return jdbc.sql("""
                                UPDATE enrollment_group_places SET taken = taken + 1
                                WHERE tenant = ? AND group_id = ? AND taken < ?""").params(tenant, group, quota).update() == 1;
    }

    /** Counts the devices that came before there was a quota, once; whoever does so at the same moment waits, and finds the row. */
    private void begin(Candidate candidate) {
        String tenant = candidate.tenant().value();
        String group = candidate.door().id();
        boolean counted = jdbc.sql("SELECT count(*) FROM enrollment_group_places WHERE tenant = ? AND group_id = ?")
                        .params(tenant, group)
                        .query(Integer.class)
                        .single()
                > 0;
        if (!counted) {
            jdbc.sql("""
                            INSERT INTO enrollment_group_places (tenant, group_id, taken)
                            SELECT tenant, id, ? FROM enrollment_group WHERE tenant = ? AND id = ? FOR KEY SHARE
                            ON CONFLICT (tenant, group_id) DO NOTHING""")
                    .param(registrations.admittedBeside(
                            candidate.tenant(), candidate.door().name(), candidate.registration()))
                    .params(tenant, group)
                    .update();
        }
    }
}
