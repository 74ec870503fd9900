package io.warren.registry.registration;

import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.registry.RegistrationReply;
import io.warren.contracts.registry.RegistrationReply.Outcome;
import io.warren.contracts.registry.RegistrationRequest;
import io.warren.platform.database.Unstorable;
import io.warren.platform.problem.ProblemException;
import io.warren.registry.credential.CredentialIssue;
import io.warren.registry.credential.SecretProof;
import io.warren.registry.credential.TokenKeys;
import io.warren.registry.device.DeviceDescription;
import io.warren.registry.device.DeviceRegistration;
import io.warren.registry.device.DeviceRegistration.Admission;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Set;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Lets a device in that provisioning vouches for. The same request again has the same effect and the same answer. */
@Service
class SelfRegistration {

    private final DeviceRegistration devices;
    private final CredentialIssue credentials;
    private final TokenKeys tokenKeys;
    private final Validator validator;
    private final TransactionTemplate transaction;

    SelfRegistration(
            DeviceRegistration devices,
            CredentialIssue credentials,
            TokenKeys tokenKeys,
            Validator validator,
            TransactionTemplate transaction) {
        this.devices = devices;
        this.credentials = credentials;
        this.tokenKeys = tokenKeys;
        this.validator = validator;
        this.transaction = transaction;
    }

    RegistrationReply register(RegistrationRequest request) {
        DeviceAddress address;
        SecretProof secret;
        try {
            address = DeviceAddress.of(request.tenant(), request.device());
            secret = proof(request);
        } catch (IllegalArgumentException e) {
            return refused(String.valueOf(e.getMessage()));
        }
        if (secret.sealedTokenKey() != null && tokenKeys.open(address, secret).isEmpty()) {
            return refused("The services of this installation have different token-sealing-keys.");
        }
        String type = Objects.requireNonNullElse(request.type(), DeviceDescription.GENERIC);
        DeviceDescription description = new DeviceDescription(type, null, request.tags(), request.identifiers(), null);
        Set<ConstraintViolation<DeviceDescription>> violations = validator.validate(description);
        if (!violations.isEmpty()) {
            ConstraintViolation<DeviceDescription> first = violations.iterator().next();
            return refused(first.getPropertyPath() + " " + first.getMessage());
        }
        try {
            return transaction.execute(_ -> admit(address, description, request.enrollment(), secret));
        } catch (ProblemException e) {
            return refused(String.valueOf(e.getMessage()));
        } catch (DataIntegrityViolationException e) {
            return refused(Unstorable.reason(e).orElseThrow(() -> e));
        }
    }

    private static SecretProof proof(RegistrationRequest request) {
        String hash = request.secretSha256();
        if (hash == null) {
            throw new IllegalArgumentException("The device has nothing to prove itself with.");
        }
        String sealed = request.sealedTokenKey();
        return new SecretProof(
                HexFormat.of().parseHex(hash),
                sealed == null ? null : Base64.getDecoder().decode(sealed));
    }

    private RegistrationReply admit(
            DeviceAddress address, DeviceDescription description, String enrollment, SecretProof secret) {
        Admission admission = devices.admit(address, description, enrollment);
        return switch (admission) {
            case OTHERS -> new RegistrationReply(Outcome.CONFLICT, "The id belongs to a device that came another way.");
            case DISABLED -> refused("The device is disabled.");
            case NEW, KNOWN ->
                new RegistrationReply(
                        credentials.admit(address, secret) ? Outcome.REGISTERED : Outcome.ALREADY_REGISTERED, null);
        };
    }

    private static RegistrationReply refused(String reason) {
        return new RegistrationReply(Outcome.REFUSED, reason);
    }
}
