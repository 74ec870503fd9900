package io.warren.provisioning.bootstrap;

import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.device.TenantId;
import io.warren.contracts.registry.RegistrationReply;
import io.warren.contracts.registry.RegistrationRequest;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.platform.problem.Violation;
import io.warren.provisioning.admission.Grant;
import io.warren.provisioning.attestation.Attested;
import io.warren.provisioning.attestation.RegisterRequest;
import io.warren.provisioning.registration.Decision;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Gives a device that was let in its identity, with the registry's consent. */
@Component
class IdentityIssue {

    private final DeviceSecrets secrets;
    private final RegistryRequests registry;
    private final ConnectionProfile profile;
    private final JsonMapper json;

    IdentityIssue(DeviceSecrets secrets, RegistryRequests registry, ConnectionProfile profile, JsonMapper json) {
        this.secrets = secrets;
        this.registry = registry;
        this.profile = profile;
        this.json = json;
    }

    /**
     * A device's identity. The same admission gives the same one again.
     *
     * @param reply what the registry says to it
     * @param answer what the device is told if the registry agrees
     */
    record Identity(RegistrationReply reply, RegisterResponse answer) {}

    Identity issue(RegisterRequest request, Attested attested, Decision.Admitted admitted) {
        if (request.csr() != null) {
            throw new ProblemException(
                    ProblemKind.INVALID,
                    "Some fields are not allowed to be as they are.",
                    List.of(new Violation("/csr", "this installation issues no certificates")));
        }
        DeviceAddress address =
                new DeviceAddress(request.tenant(), admitted.grant().device());
        String secret = secrets.derive(address, attested.door().name(), attested.shown(), admitted.generation());
        RegistrationReply reply = registry.ask(question(request, attested, admitted, secret));
        return new Identity(
                reply,
                profile.of(
                        address,
                        admitted.registration(),
                        RegisterResponse.Credentials.secret(address.toString(), secret),
                        reply.desired()));
    }

    private RegistrationRequest question(
            RegisterRequest request, Attested attested, Decision.Admitted admitted, String secret) {
        TenantId tenant = request.tenant();
        Grant grant = admitted.grant();
        DeviceAddress address = new DeviceAddress(tenant, grant.device());
        String sha256 = sha256(secret);
        return new RegistrationRequest(
                tenant.value(),
                grant.device().value(),
                origin(attested, grant),
                grant.deviceType(),
                grant.tags(),
                request.identifiers(),
                sha256,
                secrets.sealedTokenKey(address, secret, sha256),
                null,
                object(grant.state()),
                admitted.mode());
    }

    /**
     * What the device belongs to, by the registry's account. One that is called otherwise than it calls itself belongs to its
     * registration id too: of two that are given one name, the first has it.
     */
    private static String origin(Attested attested, Grant grant) {
        String door = attested.door().name();
        return grant.device().equals(attested.device()) ? door : door + "/" + attested.device();
    }

    private @Nullable Map<String, Object> object(@Nullable JsonNode state) {
        return state == null ? null : json.convertValue(state, new TypeReference<>() {});
    }

    private static String sha256(String secret) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
