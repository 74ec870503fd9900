package io.warren.provisioning.attestation;

import io.warren.contracts.device.TenantId;
import java.util.Optional;

/** What enrolment groups have granted. It ends with its group, for another group may have the same id later. */
public interface GroupGrants {

    /**
     * Ends some of what a group that is gone has granted, in a transaction of its own: all that a big one has takes minutes.
     *
     * @param group its id
     * @param after how far the call before has come; empty for the first
     * @param most how much to look at
     * @return how far this one has come; empty if nothing was left
     */
    Optional<String> endSome(TenantId tenant, String group, String after, int most);
}
