package io.warren.provisioning.bootstrapmqtt;

import io.warren.contracts.device.DeviceAddress;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.platform.problem.Violation;
import io.warren.provisioning.attestation.RegisterRequest;
import jakarta.validation.Validator;
import java.util.List;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reads what devices ask over MQTT: the bodies of the requests over HTTPS, in which what the topic says may be left out. */
@Component
class BootstrapRequests {

    private static final int MOST_BYTES = 65_536;

    private final JsonMapper json;
    private final Validator validator;

    BootstrapRequests(JsonMapper json, Validator validator) {
        this.json = json;
        this.validator = validator;
    }

    /**
     * Reads a request.
     *
     * @throws ProblemException if it cannot be understood, or is another device's
     */
    RegisterRequest read(DeviceAddress device, byte[] body) {
        ObjectNode fields = object(body);
        belong(fields, "tenant", device.tenant().value());
        belong(fields, "deviceId", device.device().value());
        RegisterRequest request;
        try {
            request = json.treeToValue(fields, RegisterRequest.class);
        } catch (DatabindException e) {
            throw e.getCause() instanceof ProblemException ours
                    ? ours
                    : invalid(List.of(Violation.at(e, "not a value of the type that is expected here")));
        }
        List<Violation> violations =
                validator.validate(request).stream().map(Violation::at).toList();
        if (!violations.isEmpty()) {
            throw invalid(violations);
        }
        return request;
    }

    private ObjectNode object(byte[] body) {
        if (body.length > MOST_BYTES) {
            throw new ProblemException(ProblemKind.INVALID, "A request has at most " + MOST_BYTES + " bytes.");
        }
        try {
            if (json.readTree(body) instanceof ObjectNode fields) {
                return fields;
            }
        } catch (JacksonException e) {
            // said below, in the same words
        }
        throw new ProblemException(ProblemKind.MALFORMED, "The body is not a JSON object.");
    }

    private static void belong(ObjectNode fields, String name, String expected) {
        if (!fields.has(name)) {
            fields.put(name, expected);
        } else if (!fields.get(name).asString("").equals(expected)) {
            throw invalid(List.of(new Violation("/" + name, "is not the one that the device has connected as")));
        }
    }

    private static ProblemException invalid(List<Violation> violations) {
        return new ProblemException(ProblemKind.INVALID, "Some fields are not allowed to be as they are.", violations);
    }
}
