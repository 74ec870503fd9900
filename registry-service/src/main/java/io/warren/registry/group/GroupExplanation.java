package io.warren.registry.group;

import io.warren.contracts.device.DeviceAddress;
import io.warren.platform.expression.Expression;
import io.warren.platform.expression.Facts;
import io.warren.registry.explain.Blocker;
import io.warren.registry.explain.ExplainedKind;
import io.warren.registry.query.DeviceSearch;
import java.util.List;
import org.springframework.stereotype.Component;

/** Says why a device is or is not in a group. */
@Component
class GroupExplanation implements ExplainedKind {

    private final Groups groups;
    private final DeviceSearch search;

    GroupExplanation(Groups groups, DeviceSearch search) {
        this.groups = groups;
        this.search = search;
    }

    @Override
    public String kind() {
        return "group";
    }

    @Override
    public Explained explain(DeviceAddress device, String id, Facts facts) {
        DeviceGroup group = groups.get(device.tenant(), id);
        String filter = group.filter();
        Expression target = filter == null
                ? search.membership(group.id())
                : search.language().compile(filter, "/filter");
        Blocker blocker = filter == null
                ? new Blocker("not-listed", "The device is not on the list of the group.")
                : new Blocker(
                        "target-not-met", "The expression of the group is not true of the device: see the parts.");
        return new Explained(target, target.test(facts) ? List.of() : List.of(blocker));
    }
}
