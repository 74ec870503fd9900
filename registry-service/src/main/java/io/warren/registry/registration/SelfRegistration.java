package io.warren.registry.registration;

import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.registry.RegistrationReply;
import io.warren.contracts.registry.RegistrationReply.Outcome;
import io.warren.contracts.registry.RegistrationRequest;
import io.warren.contracts.registry.RegistrationRequest.Mode;
import io.warren.platform.database.Unstorable;
import io.warren.platform.problem.ProblemException;
import io.warren.registry.device.DeviceDescription;
import io.warren.registry.device.DeviceRegistration;
import io.warren.registry.device.DeviceRegistration.Admission;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import java.util.Objects;
import java.util.Set;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Lets a device in that provisioning vouches for. The same request again has the same effect and the same answer. */
@Service
class SelfRegistration {

    private final DeviceRegistration devices;
    private final GivenCredentials credentials;
    private final GivenStates states;
    private final Validator validator;
    private final TransactionTemplate transaction;

    SelfRegistration(
            DeviceRegistration devices,
            GivenCredentials credentials,
            GivenStates states,
            Validator validator,
            TransactionTemplate transaction) {
        this.devices = devices;
        this.credentials = credentials;
        this.states = states;
        this.validator = validator;
        this.transaction = transaction;
    }

    RegistrationReply register(RegistrationRequest request) {
        DeviceAddress address;
        GivenCredentials.Given given;
        try {
            address = DeviceAddress.of(request.tenant(), request.device());
            given = credentials.read(address, request);
        } catch (IllegalArgumentException e) {
            return refused(String.valueOf(e.getMessage()));
        }
        String type = Objects.requireNonNullElse(request.type(), DeviceDescription.GENERIC);
        DeviceDescription description = new DeviceDescription(type, null, request.tags(), request.identifiers(), null);
        Set<ConstraintViolation<DeviceDescription>> violations = validator.validate(description);
        if (!violations.isEmpty()) {
            ConstraintViolation<DeviceDescription> first = violations.iterator().next();
            return refused(first.getPropertyPath() + " " + first.getMessage());
        }
        try {
            return transaction.execute(_ -> admit(address, description, request, given));
        } catch (ProblemException e) {
            return refused(String.valueOf(e.getMessage()));
        } catch (DataIntegrityViolationException e) {
            return refused(Unstorable.reason(e).orElseThrow(() -> e));
        }
    }

    private RegistrationReply admit(
            DeviceAddress address,
            DeviceDescription description,
            RegistrationRequest request,
            GivenCredentials.Given given) {
        Mode mode = Objects.requireNonNullElse(request.mode(), Mode.ENROL);
        Admission admission = devices.admit(address, description, request.enrollment(), mode == Mode.REPLACE);
        return switch (admission) {
            case OTHERS -> new RegistrationReply(Outcome.CONFLICT, "The id belongs to a device that came another way.");
            case DISABLED -> refused("The device is disabled.");
            case NEW, KNOWN, REPLACED -> {
                boolean isNew = credentials.admit(address, given);
                if (admission == Admission.REPLACED) {
                    credentials.keepOnly(address, given);
                }
                // what was done for a secret that the device has is not done again: its answer was lost
                boolean begins = admission == Admission.NEW || (isNew && mode == Mode.RESET);
                yield new RegistrationReply(
                        isNew ? Outcome.REGISTERED : Outcome.ALREADY_REGISTERED,
                        null,
                        begins ? states.begin(address, request.desired(), mode == Mode.RESET) : states.now(address));
            }
        };
    }

    private static RegistrationReply refused(String reason) {
        return new RegistrationReply(Outcome.REFUSED, reason);
    }
}
