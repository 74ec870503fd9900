package io.warren.provisioning.est;

import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.device.TenantId;
import io.warren.contracts.registry.CertificateRenewal;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.provisioning.attestation.Source;
import io.warren.provisioning.certificate.CertificateAdmission;
import io.warren.provisioning.certificate.CertificateAdmission.Admission;
import io.warren.provisioning.certificate.CertificateHolders;
import io.warren.provisioning.issuing.CertificateRequest;
import io.warren.provisioning.turnstile.Turnstile;
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
    private final CertificateAdmission certificates;
    private final RegistryRenewals registry;
    private final Turnstile turnstile;

    Renewal(
            CertificateHolders holders,
            CertificateAdmission certificates,
            RegistryRenewals registry,
            Turnstile turnstile) {
        this.holders = holders;
        this.certificates = certificates;
        this.registry = registry;
        this.turnstile = turnstile;
    }

    /**
     * Issues it, in PEM with the authorities behind it.
     *
     * @param request a request for a certificate
     * @throws ProblemException if the device may not have it, too many others want in, or something behind this service is away
     */
    String renew(TenantId tenant, String request, Source source) {
        if (source.certificates().isEmpty()) {
            throw new ProblemException(
                    EstCredentials.UNAUTHORIZED, "This needs the certificate that is to be renewed.");
        }
        X509Certificate current = source.certificates().getFirst();
        return turnstile.pass(current.getSerialNumber(), () -> renew(tenant, request, current));
    }

    private String renew(TenantId tenant, String request, X509Certificate current) {
        DeviceAddress device = holders.find(current)
                .filter(holder -> holder.tenant().equals(tenant))
                .orElseThrow(() -> new ProblemException(
                        REFUSED,
                        "The certificate is none that was issued here to a device of the tenant, or is over."));
        Admission next = certificates.admit(
                device,
                CertificateRequest.parse(request),
                DOOR,
                null,
                certificate -> registry.ask(new CertificateRenewal(
                        device.tenant().value(), device.device().value(), sha256(current), certificate)));
        if (!next.reply().isAdmission()) {
            throw new ProblemException(REFUSED, "The registry does not admit another certificate of this device.");
        }
        return next.certificate().pem();
    }

    private static String sha256(X509Certificate certificate) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (NoSuchAlgorithmException | CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }
}
