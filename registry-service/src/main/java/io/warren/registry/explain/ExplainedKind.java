package io.warren.registry.explain;

import io.warren.contracts.device.DeviceAddress;
import io.warren.platform.expression.Expression;
import io.warren.platform.expression.Facts;
import io.warren.platform.problem.ProblemException;
import java.util.List;

/** Things that may or may not apply to a device, and that can say why. Each feature that has such things says so for its own. */
public interface ExplainedKind {

    /** What they are called in a question: {@code configuration}. */
    String kind();

    /**
     * Says why one of them does or does not apply to a device that exists.
     *
     * @param id its id
     * @param facts what is known of the device now
     * @throws ProblemException if there is none of this id
     */
    Explained explain(DeviceAddress device, String id, Facts facts);

    /**
     * How it stands.
     *
     * @param target the expression that decides whether it is meant for a device
     * @param blockers what keeps it from applying, or from having reached the device; nothing if nothing does
     */
    record Explained(Expression target, List<Blocker> blockers) {}
}
