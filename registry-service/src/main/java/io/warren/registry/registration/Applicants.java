package io.warren.registry.registration;

import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.registry.RegistrationRequest;
import io.warren.registry.credential.DeviceCertificate;
import io.warren.registry.credential.Proof;
import io.warren.registry.credential.SecretProof;
import io.warren.registry.credential.TokenKeys;
import io.warren.registry.device.DeviceDescription;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Reads what provisioning asks for. */
@Component
class Applicants {

    private final TokenKeys tokenKeys;
    private final Validator validator;

    Applicants(TokenKeys tokenKeys, Validator validator) {
        this.tokenKeys = tokenKeys;
        this.validator = validator;
    }

    /**
     * Who is to be let in.
     *
     * @throws IllegalArgumentException if the request says nothing that makes sense, or is not sealed for this installation; the message
     *     is for people
     */
    Applicant read(RegistrationRequest request) {
        DeviceAddress address = DeviceAddress.of(request.tenant(), request.device());
        return new Applicant(request, address, proof(address, request), description(request));
    }

    private Proof proof(DeviceAddress address, RegistrationRequest request) {
        RegistrationRequest.Certificate certificate = request.certificate();
        if (certificate != null) {
            return new DeviceCertificate(
                    HexFormat.of().parseHex(certificate.sha256()), certificate.serial(), certificate.expiresAt());
        }
        String hash = request.secretSha256();
        if (hash == null) {
            throw new IllegalArgumentException("The device has nothing to prove itself with.");
        }
        String sealed = request.sealedTokenKey();
        SecretProof proof = new SecretProof(
                HexFormat.of().parseHex(hash),
                sealed == null ? null : Base64.getDecoder().decode(sealed));
        if (sealed != null && tokenKeys.open(address, proof).isEmpty()) {
            throw new IllegalArgumentException("The services of this installation have different token-sealing-keys.");
        }
        return proof;
    }

    private DeviceDescription description(RegistrationRequest request) {
        String type = Objects.requireNonNullElse(request.type(), DeviceDescription.GENERIC);
        DeviceDescription description = new DeviceDescription(type, null, request.tags(), request.identifiers(), null);
        Set<ConstraintViolation<DeviceDescription>> violations = validator.validate(description);
        if (!violations.isEmpty()) {
            ConstraintViolation<DeviceDescription> first = violations.iterator().next();
            throw new IllegalArgumentException(first.getPropertyPath() + " " + first.getMessage());
        }
        return description;
    }
}
