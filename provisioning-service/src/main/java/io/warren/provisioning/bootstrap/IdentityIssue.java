package io.warren.provisioning.bootstrap;

import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.registry.RegistrationReply;
import io.warren.contracts.registry.RegistrationRequest;
import io.warren.platform.problem.ProblemException;
import io.warren.provisioning.admission.Grant;
import io.warren.provisioning.attestation.Attested;
import io.warren.provisioning.attestation.RegisterRequest;
import io.warren.provisioning.certificate.CertificateAdmission;
import io.warren.provisioning.certificate.CertificateAdmission.Admission;
import io.warren.provisioning.issuing.CertificateRequest;
import io.warren.provisioning.registration.Decision;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
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
    private final CertificateAdmission certificates;
    private final RegistryRequests registry;
    private final ConnectionProfile profile;

    IdentityIssue(
            DeviceSecrets secrets,
            CertificateAdmission certificates,
            RegistryRequests registry,
            ConnectionProfile profile) {
        this.secrets = secrets;
        this.certificates = certificates;
        this.registry = registry;
        this.profile = profile;
    }

    /**
     * A device's identity. The same admission gives the same one again.
     *
     * @param reply what the registry says to it
     * @param answer what the device is told if the registry agrees
     */
    record Identity(RegistrationReply reply, RegisterResponse answer) {}

    /**
     * Looks at a request before anything is decided on it.
     *
     * @throws ProblemException if its certification request is none that a certificate could be issued for
     */
    void check(RegisterRequest request) {
        if (request.csr() != null) {
            CertificateRequest _ = CertificateRequest.parse(request.csr());
        }
    }

    /** Makes a device's credentials and asks the registry. */
    Identity issue(RegisterRequest request, Attested attested, Decision.Admitted admitted) {
        DeviceAddress address =
                new DeviceAddress(request.tenant(), admitted.grant().device());
        return request.csr() == null
                ? withSecret(request, attested, admitted, address)
                : withCertificate(request, attested, admitted, address, CertificateRequest.parse(request.csr()));
    }

    private Identity withSecret(
            RegisterRequest request, Attested attested, Decision.Admitted admitted, DeviceAddress address) {
        String secret = secrets.derive(address, attested.door().name(), attested.shown(), admitted.generation());
        String sha256 = sha256(secret);
        RegistrationReply reply = registry.ask(
                question(request, attested, admitted, sha256, secrets.sealedTokenKey(address, secret, sha256), null));
        RegisterResponse.Credentials credentials = RegisterResponse.Credentials.secret(address.toString(), secret);
        return new Identity(reply, profile.of(address, admitted.registration(), credentials, reply.desired()));
    }

    private Identity withCertificate(
            RegisterRequest request,
            Attested attested,
            Decision.Admitted admitted,
            DeviceAddress address,
            CertificateRequest csr) {
        Admission admission = certificates.admit(
                address,
                csr,
                attested.door().name(),
                admitted.registration(),
                certificate -> registry.ask(question(request, attested, admitted, null, null, certificate)));
        RegistrationReply reply = admission.reply();
        RegisterResponse.Credentials credentials =
                RegisterResponse.Credentials.certificate(address.toString(), admission.certificate());
        return new Identity(reply, profile.of(address, admitted.registration(), credentials, reply.desired()));
    }

    private RegistrationRequest question(
            RegisterRequest request,
            Attested attested,
            Decision.Admitted admitted,
            @Nullable String secretSha256,
            @Nullable String sealedTokenKey,
            RegistrationRequest.@Nullable Certificate certificate) {
        Grant grant = admitted.grant();
        return new RegistrationRequest(
                request.tenant().value(),
                grant.device().value(),
                origin(attested, grant),
                grant.deviceType(),
                grant.tags(),
                admitted.identifiers(),
                secretSha256,
                sealedTokenKey,
                certificate,
                object(grant.state()),
                admitted.mode(),
                admitted.registration() + "/" + admitted.generation());
    }

    /**
     * What the device belongs to, by the registry's account. One that is called otherwise than it calls itself belongs to its
     * registration id too: of two that are given one name, the first has it.
     */
    private static String origin(Attested attested, Grant grant) {
        String door = attested.door().name();
        return grant.device().equals(attested.device()) ? door : door + "/" + attested.device();
    }

    private static @Nullable Map<String, Object> object(@Nullable JsonNode state) {
        return state == null ? null : JsonMapper.shared().convertValue(state, new TypeReference<>() {});
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
