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
        // the form of an id leaves nothing to be escaped
        Expression membership = search.language().compile("\"" + group.id() + "\" in device.groups", "for");
        return new Explained(
                membership,
                membership.test(facts)
                        ? List.of()
                        : List.of(new Blocker("not-listed", "The device is not on the list of the group.")));
    }
}
