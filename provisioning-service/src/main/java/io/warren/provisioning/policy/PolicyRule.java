package io.warren.provisioning.policy;

import io.warren.platform.problem.Violation;
import java.util.List;

/** What must hold of a policy before it is kept. The package that carries out a part of policies has a component for that part. */
public interface PolicyRule {

    /** What is wrong, with pointers into the policy's JSON; empty if nothing is. */
    List<Violation> violations(EnrollmentPolicy policy);
}
