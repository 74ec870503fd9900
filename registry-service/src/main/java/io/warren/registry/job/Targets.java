package io.warren.registry.job;

import io.warren.contracts.device.DeviceId;
import io.warren.contracts.device.TenantId;
import io.warren.platform.expression.Expression;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.platform.problem.Violation;
import io.warren.registry.query.DeviceSearch;
import java.util.List;
import org.jspecify.annotations.Nullable;
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
     * @throws ProblemException if its filter is none, or there is no such group
     */
    void check(TenantId tenant, Target target) {
        Expression _ = expression(tenant, target);
    }

    /**
     * The next devices of a target; of those that a list names, one may not exist.
     *
     * @param position the id of the last one before; empty at the beginning
     * @throws ProblemException if they cannot be found
     */
    List<DeviceId> next(TenantId tenant, Target target, String position, int limit) {
        Expression expression = expression(tenant, target);
        return expression == null
                ? target.listed(position, limit)
                : search.matching(tenant, expression, position.isEmpty() ? null : new DeviceId(position), limit);
    }

    private @Nullable Expression expression(TenantId tenant, Target target) {
        String group = target.group();
        if (group != null) {
            if (!search.hasGroup(tenant, group)) {
                throw new ProblemException(
                        ProblemKind.INVALID,
                        "There is no group " + group + ".",
                        List.of(new Violation("/group", "the name of a group")));
            }
            return search.membership(group);
        }
        String filter = target.filter();
        return filter == null ? null : search.language().compile(filter, "/filter");
    }
}
