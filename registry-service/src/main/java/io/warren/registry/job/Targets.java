package io.warren.registry.job;

import io.warren.contracts.device.DeviceId;
import io.warren.contracts.device.TenantId;
import io.warren.platform.expression.Expression;
import io.warren.platform.problem.ProblemException;
import io.warren.registry.query.DeviceSearch;
import java.util.List;
import org.springframework.stereotype.Component;

/** Finds the devices that jobs are for, in the order of their ids. */
@Component
class Targets {

    private final DeviceSearch search;

    Targets(DeviceSearch search) {
        this.search = search;
    }

    /**
     * Makes sure that a target can be looked for.
     *
     * @throws ProblemException if its filter is none
     */
    void check(Target target) {
        if (target.filter() != null) {
            Expression _ = compiled(target.filter());
        }
    }

    /**
     * The next devices of a target; of those that a list names, one may not exist.
     *
     * @param position the id of the last one before; empty at the beginning
     * @throws ProblemException if they cannot be found
     */
    List<DeviceId> next(TenantId tenant, Target target, String position, int limit) {
        if (target.filter() == null) {
            return target.listed(position, limit);
        }
        return search.matching(
                tenant, compiled(target.filter()), position.isEmpty() ? null : new DeviceId(position), limit);
    }

    private Expression compiled(String filter) {
        return search.language().compile(filter, "/filter");
    }
}
