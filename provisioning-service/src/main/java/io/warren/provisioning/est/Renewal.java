package io.warren.provisioning.est;

import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.device.TenantId;
import io.warren.contracts.registry.CertificateRenewal;
import io.warren.contracts.registry.RegistrationReply;
import io.warren.contracts.registry.RegistrationReply.Outcome;
import io.warren.contracts.registry.RegistrationRequest;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.provisioning.attestation.Source;
import io.warren.provisioning.certificate.CertificateHolders;
import io.warren.provisioning.certificate.CertificateIssue;
import io.warren.provisioning.certificate.IssuedCertificate;
import io.warren.provisioning.issuing.CertificateRequest;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * The next certificate of a device that shows its current one, for the same key or another. Its name stays what it is, whatever the
 * request says; the registry admits it beside the current one.
 */
@Component
class Renewal {

    private static final ProblemKind REFUSED =
            new ProblemKind("renewal-refused", HttpStatus.FORBIDDEN, "Renewal refused");

    /** What renewed certificates say they came through, for people. */
    private static final String DOOR = "est";

    private final CertificateHolders holders;
    private final CertificateIssue certificates;
    private final RegistryRenewals registry;

    Renewal(CertificateHolders holders, CertificateIssue certificates, RegistryRenewals registry) {
        this.holders = holders;
        this.certificates = certificates;
        this.registry = registry;
    }

    /**
     * Issues it, in PEM with the authorities behind it.
     *
     * @param request a request for a certificate
     * @throws ProblemException if the device may not have it, or something behind this service is away
     */
    String renew(TenantId tenant, String request, Source source) {
        if (source.certificates().isEmpty()) {
            throw new ProblemException(
                    EstCredentials.UNAUTHORIZED, "This needs the certificate that is to be renewed.");
        }
        X509Certificate current = source.certificates().getFirst();
        DeviceAddress device = holders.find(current)
                .filter(holder -> holder.tenant().equals(tenant))
                .orElseThrow(() -> new ProblemException(
                        REFUSED,
                        "The certificate is none that was issued here to a device of the tenant, or is over."));
        IssuedCertificate next = certificates.issue(device, CertificateRequest.parse(request), DOOR, null);
        RegistrationReply reply = registry.ask(new CertificateRenewal(
                device.tenant().value(),
                device.device().value(),
                sha256(current),
                new RegistrationRequest.Certificate(next.sha256(), next.serial(), next.expiresAt())));
        if (reply.outcome() != Outcome.REGISTERED && reply.outcome() != Outcome.ALREADY_REGISTERED) {
            throw new ProblemException(REFUSED, "The registry does not admit another certificate of this device.");
        }
        return next.pem();
    }

    private static String sha256(X509Certificate certificate) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (NoSuchAlgorithmException | CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }
}
