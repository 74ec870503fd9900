package io.warren.provisioning.sealing;

import io.warren.contracts.device.TenantId;
import io.warren.platform.problem.ProblemException;
import io.warren.provisioning.policy.EnrollmentPolicy;
import io.warren.provisioning.policy.PolicyCheck;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Takes policies in: checked, and with the secrets of their hooks sealed. */
@Component
public class PolicyIntake {

    private final PolicyCheck check;
    private final HookSecrets hooks;

    PolicyIntake(PolicyCheck check, HookSecrets hooks) {
        this.check = check;
        this.hooks = hooks;
    }

    /**
     * A policy as it is kept.
     *
     * @param door the name of the enrolment or group whose policy it is
     * @param kept the policy as it is kept so far; absent for a new enrolment
     * @throws ProblemException if the policy could not be carried out, or lacks a secret
     */
    public EnrollmentPolicy take(
            TenantId tenant, String door, EnrollmentPolicy asked, @Nullable EnrollmentPolicy kept) {
        check.require(asked);
        return hooks.sealed(tenant, door, asked, kept);
    }
}
