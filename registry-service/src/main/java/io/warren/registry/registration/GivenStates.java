package io.warren.registry.registration;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.device.TenantId;
import io.warren.contracts.registry.RegistrationReply.Desired;
import io.warren.registry.document.Documents;
import io.warren.registry.state.DeviceStates;
import io.warren.registry.state.FirstStates;
import io.warren.registry.state.VersionedDocument;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
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

    /** Has devices of a tenant begin with what is said of each; where nothing is, with nothing. */
    void begin(TenantId tenant, Collection<Applicant> beginning) {
        if (beginning.isEmpty()) {
            return;
        }
        first.begin(tenant, beginning.stream().collect(toMap(Applicant::address, this::desired)));
    }

    /** What devices that exist are to be like. */
    Map<DeviceAddress, Desired> now(Collection<Applicant> applicants) {
        Map<DeviceAddress, Desired> now = new HashMap<>();
        states.desired(applicants.stream().map(Applicant::address).collect(toSet()))
                .forEach((address, document) -> now.put(address, desired(document)));
        return now;
    }

    private ObjectNode desired(Applicant applicant) {
        Map<String, Object> desired = applicant.request().desired();
        return desired == null ? Documents.empty() : json.valueToTree(desired);
    }

    private Desired desired(VersionedDocument document) {
        ObjectNode state = document.state();
        return new Desired(document.version(), json.convertValue(state, new TypeReference<>() {}));
    }
}
