package io.warren.provisioning.assignment;

import io.warren.contracts.device.TenantId;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.platform.security.Caller;
import io.warren.provisioning.attestation.Door;
import io.warren.provisioning.policy.Assignment;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** How many devices of a group belong where, for integrators. */
@RestController
class AssignmentStatistics {

    private static final ProblemKind NOT_FOUND =
            new ProblemKind("enrollment-group-not-found", HttpStatus.NOT_FOUND, "No such enrolment group");

    private final JdbcClient jdbc;

    AssignmentStatistics(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @GetMapping("/api/v1/enrollment-groups/{id}/assignments")
    Assignments get(Caller caller, @PathVariable String id) {
        TenantId tenant = caller.requireTenant();
        if (!exists(tenant, id)) {
            throw new ProblemException(NOT_FOUND, "This tenant has no such enrolment group.");
        }
        SortedMap<String, Long> targets = new TreeMap<>();
        jdbc.sql("""
                        SELECT coalesce(platform, :here) AS target, count(*) AS devices FROM registration
                        WHERE tenant = :tenant AND enrollment_id = :door AND live AND (admitted OR platform IS NOT NULL)
                        GROUP BY target""")
                .param("here", Assignment.HERE)
                .param("tenant", tenant.value())
                .param("door", Door.name(Door.Kind.GROUP, id))
                .query(row -> {
                    targets.put(row.getString("target"), row.getLong("devices"));
                });
        return new Assignments(targets);
    }

    private boolean exists(TenantId tenant, String group) {
        return jdbc.sql("SELECT EXISTS (SELECT FROM enrollment_group WHERE tenant = ? AND id = ?)")
                .params(tenant.value(), group)
                .query(Boolean.class)
                .single();
    }

    /**
     * How many devices belong where.
     *
     * @param targets by name of the target; {@code here} is this installation
     */
    record Assignments(SortedMap<String, Long> targets) {}
}
