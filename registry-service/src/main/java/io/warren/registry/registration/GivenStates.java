package io.warren.registry.registration;

import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.registry.RegistrationReply.Desired;
import io.warren.registry.document.Documents;
import io.warren.registry.state.DeviceStates;
import io.warren.registry.state.FirstStates;
import io.warren.registry.state.VersionedDocument;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What provisioning has devices begin with, and what it is told that they are to be like. */
@Component
class GivenStates {

    private final FirstStates first;
    private final DeviceStates states;
    private final JsonMapper json;

    GivenStates(FirstStates first, DeviceStates states, JsonMapper json) {
        this.first = first;
        this.states = states;
        this.json = json;
    }

    /**
     * Has a device begin with what is said of it.
     *
     * @param desired a JSON object; absent, nothing is said
     * @param anew whether something was said before, and is gone now
     */
    Desired begin(DeviceAddress address, @Nullable Map<String, Object> desired, boolean anew) {
        if (desired == null && !anew) {
            return now(address);
        }
        return desired(first.begin(address, desired == null ? Documents.empty() : json.valueToTree(desired)));
    }

    /** What a device is to be like. */
    Desired now(DeviceAddress address) {
        return desired(states.view(address).orElseThrow().desired());
    }

    private Desired desired(VersionedDocument document) {
        ObjectNode state = document.state();
        return new Desired(document.version(), json.convertValue(state, new TypeReference<>() {}));
    }
}
