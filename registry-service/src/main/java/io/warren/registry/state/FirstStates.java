package io.warren.registry.state;

import io.warren.contracts.device.DeviceAddress;
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
     * Has a device begin with what is said of it, over what its type and configurations say; whatever was said of it before is gone.
     * Part of the caller's transaction.
     *
     * @throws io.warren.platform.problem.ProblemException if the document would be one that is not kept
     */
    public VersionedDocument begin(DeviceAddress address, ObjectNode own) {
        return steering.desire(address, layers -> layers.replaced(own), null, BY)
                .desired();
    }
}
