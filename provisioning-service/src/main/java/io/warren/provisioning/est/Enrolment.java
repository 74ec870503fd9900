package io.warren.provisioning.est;

import io.warren.contracts.device.DeviceId;
import io.warren.contracts.device.TenantId;
import io.warren.platform.problem.ProblemException;
import io.warren.provisioning.attestation.AttestationKind;
import io.warren.provisioning.attestation.RegisterRequest;
import io.warren.provisioning.attestation.Source;
import io.warren.provisioning.bootstrap.Bootstrap;
import io.warren.provisioning.bootstrap.BootstrapAnswer;
import io.warren.provisioning.bruteforce.Attempt;
import io.warren.provisioning.issuing.CertificateRequest;
import io.warren.provisioning.proof.TextProofs;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The bootstrap of a device that speaks EST: the same as over HTTPS and MQTT, with a certificate for an answer. */
@Component
class Enrolment {

    private final TextProofs proofs;
    private final Bootstrap bootstrap;

    Enrolment(TextProofs proofs, Bootstrap bootstrap) {
        this.proofs = proofs;
        this.bootstrap = bootstrap;
    }

    /**
     * Lets a device in.
     *
     * @param credentials what it shows as text; without, its proof is the certificate of its connection
     * @param request a request for a certificate
     * @throws ProblemException if it is turned away
     */
    BootstrapAnswer enrol(TenantId tenant, Optional<EstCredentials> credentials, String request, Source source) {
        if (credentials.isEmpty() && source.certificates().isEmpty()) {
            throw new ProblemException(
                    EstCredentials.UNAUTHORIZED,
                    "This needs a proof as the password of {device}@{tenant}, or the factory's client certificate.");
        }
        CertificateRequest.parse(request);
        String csr = request.strip();
        DeviceId named = credentials.map(shown -> shown.device().device()).orElse(null);
        return bootstrap.inTurn(
                Attempt.of(tenant, named, source.address()),
                () -> bootstrap.register(
                        credentials
                                .map(shown -> byProof(tenant, shown, csr, source))
                                .orElseGet(() -> byCertificate(tenant, csr)),
                        source));
    }

    private RegisterRequest byProof(TenantId tenant, EstCredentials shown, String csr, Source source) {
        if (!shown.device().tenant().equals(tenant)) {
            throw new ProblemException(EstCredentials.UNAUTHORIZED, "The device is not of the tenant in the address.");
        }
        return proofs.judge(shown.device(), shown.proof(), csr, source).request();
    }

    private static RegisterRequest byCertificate(TenantId tenant, String csr) {
        return new RegisterRequest(
                tenant, null, new RegisterRequest.Attestation(AttestationKind.X509, null, null), null, null, null, csr);
    }
}
