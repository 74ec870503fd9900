package io.warren.registry.credential;

import io.warren.contracts.device.DeviceAddress;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.platform.problem.Violation;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import org.springframework.stereotype.Component;

/**
 * Looks at the certificates that integrators show for their devices, as the broker will when the devices show them: issued by an
 * authority that the broker trusts, to a client, and in the device's name (RFC 5280).
 */
@Component
class CertificateCheck {

    /** A device's own and two authorities between it and one that is trusted. */
    private static final int MOST_CERTIFICATES = 3;

    private static final String CLIENT = "1.3.6.1.5.5.7.3.2";
    private static final String ANY_USE = "2.5.29.37.0";

    private final CredentialProperties properties;
    private final Clock clock;

    CertificateCheck(CredentialProperties properties, Clock clock) {
        this.properties = properties;
        this.clock = clock;
    }

    /**
     * What is to be kept of a certificate.
     *
     * @param pem the device's certificate and, behind it, those of authorities that the broker does not know
     * @throws ProblemException if the broker would not believe it, or it is another's
     */
    DeviceCertificate check(DeviceAddress device, String pem) {
        List<X509Certificate> chain = parse(pem);
        X509Certificate own = chain.getFirst();
        if (own.getBasicConstraints() >= 0) {
            throw refused("it is an authority's, not a device's");
        }
        if (!commonNames(own).equals(List.of(device.toString()))) {
            throw refused("its subject has to have one common name, CN=" + device);
        }
        if (!isForClients(own)) {
            throw refused("its extended key usage does not say clientAuth");
        }
        Instant now = clock.instant();
        if (now.isBefore(own.getNotBefore().toInstant())
                || !now.isBefore(own.getNotAfter().toInstant())) {
            throw refused("it is valid from " + own.getNotBefore().toInstant() + " to "
                    + own.getNotAfter().toInstant());
        }
        requireTrust(chain, now);
        return new DeviceCertificate(
                sha256(own),
                own.getSerialNumber().toString(16),
                own.getNotAfter().toInstant());
    }

    private void requireTrust(List<X509Certificate> chain, Instant now) {
        try {
            CertificateFactory certificates = CertificateFactory.getInstance("X.509");
            PKIXParameters parameters = new PKIXParameters(authorities(certificates));
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(now));
            CertPathValidator.getInstance("PKIX").validate(certificates.generateCertPath(chain), parameters);
        } catch (CertPathValidatorException e) {
            throw refused("none of the authorities that the broker trusts has issued it");
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("Cannot use the authorities in " + properties.caFile(), e);
        }
    }

    /** Read for each certificate, so that the file can be replaced. */
    private Set<TrustAnchor> authorities(CertificateFactory certificates) throws IOException, CertificateException {
        try (InputStream bundle = Files.newInputStream(properties.caFile())) {
            return certificates.generateCertificates(bundle).stream()
                    .map(X509Certificate.class::cast)
                    .map(authority -> new TrustAnchor(authority, null))
                    .collect(Collectors.toSet());
        }
    }

    private static List<X509Certificate> parse(String pem) {
        try {
            Collection<X509Certificate> chain = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)))
                    .stream()
                    .map(X509Certificate.class::cast)
                    .toList();
            if (chain.isEmpty() || chain.size() > MOST_CERTIFICATES) {
                throw refused("there have to be between one and " + MOST_CERTIFICATES + " certificates");
            }
            return List.copyOf(chain);
        } catch (CertificateException e) {
            throw refused("it is no X.509 certificate in PEM");
        }
    }

    /** All of them: one part of a name can have several. */
    private static List<String> commonNames(X509Certificate certificate) {
        try {
            List<String> names = new ArrayList<>();
            for (Rdn part : new LdapName(certificate.getSubjectX500Principal().getName()).getRdns()) {
                Attribute found = part.toAttributes().get("CN");
                for (int i = 0; found != null && i < found.size(); i++) {
                    names.add(found.get(i).toString());
                }
            }
            return names;
        } catch (NamingException e) {
            return List.of();
        }
    }

    private static boolean isForClients(X509Certificate certificate) {
        try {
            List<String> uses = certificate.getExtendedKeyUsage();
            return uses == null || uses.contains(CLIENT) || uses.contains(ANY_USE);
        } catch (CertificateParsingException e) {
            return false;
        }
    }

    private static byte[] sha256(X509Certificate certificate) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
        } catch (NoSuchAlgorithmException | CertificateException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ProblemException refused(String reason) {
        return new ProblemException(
                ProblemKind.INVALID, "The certificate cannot be used.", List.of(new Violation("/certificate", reason)));
    }
}
