package io.warren.registry.state;

import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.device.TenantId;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** What devices that register themselves are to be like at first. */
@Component
public class FirstStates {

    private static final String BY = "provisioning";

    private final StateSteering steering;

    FirstStates(StateSteering steering) {
        this.steering = steering;
    }

    /**
     * Has devices of a tenant begin with what is said of each, over what its type and configurations say; whatever was said of it
     * before is gone. Part of the caller's transaction, which has locked the devices.
     *
     * @throws io.warren.platform.problem.ProblemException if the document would be one that is not kept
     */
    public void begin(TenantId tenant, Map<DeviceAddress, ObjectNode> own) {
        steering.desireAll(
                tenant,
                own.keySet(),
                (address, layers) -> layers.replaced(Objects.requireNonNull(own.get(address))),
                BY);
    }
}
