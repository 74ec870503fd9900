package io.warren.provisioning.enrollmentgroup;

import io.warren.contracts.device.TenantId;
import io.warren.provisioning.attestation.GroupGrants;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Ends what groups have granted that are gone, a part at a time: the devices of a big one are too many for one statement, and one that is
 * coming in meanwhile waits for its part at most.
 */
@Component
class GroupEnding {

    private static final int AT_ONCE = 2_000;

    private final EnrollmentGroupRepository groups;
    private final List<GroupGrants> grants;

    GroupEnding(EnrollmentGroupRepository groups, List<GroupGrants> grants) {
        this.groups = groups;
        this.grants = grants;
    }

    /** Ends all that is left of groups of that id, as long as there is none. What has ended before stays as it is. */
    void end(TenantId tenant, String id) {
        EnrollmentGroupKey key = new EnrollmentGroupKey(tenant.value(), id);
        for (GroupGrants granted : grants) {
            Optional<String> reached = Optional.of("");
            while (reached.isPresent() && !groups.existsById(key)) {
                reached = granted.endSome(tenant, id, reached.get(), AT_ONCE);
            }
        }
    }
}
