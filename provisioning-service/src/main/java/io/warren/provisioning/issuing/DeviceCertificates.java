package io.warren.provisioning.issuing;

import io.warren.contracts.device.DeviceAddress;
import java.io.IOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.bc.BcX509ExtensionUtils;
import org.springframework.stereotype.Component;

/**
 * Makes devices' certificates (RFC 5280): for a client, in the device's name, with the addresses at which it can be found out whether
 * they are revoked.
 */
@Component
public class DeviceCertificates {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int SERIAL_BITS = 127;

    /** Of a broker whose clock is behind. */
    private static final Duration SKEW = Duration.ofMinutes(5);

    private final IssuingProperties properties;

    DeviceCertificates(IssuingProperties properties) {
        this.properties = properties;
    }

    /** Makes one that is good from now, and signs it. */
    public X509CertificateHolder sign(
            Authority authority, DeviceAddress device, CertificateRequest request, Instant now) {
        Instant from = now.truncatedTo(ChronoUnit.SECONDS);
        Instant until = earlier(from.plus(properties.lifetime()), authority.expiresAt());
        X509v3CertificateBuilder certificate = new X509v3CertificateBuilder(
                authority.subject(),
                new BigInteger(SERIAL_BITS, RANDOM).setBit(SERIAL_BITS - 1),
                Date.from(from.minus(SKEW)),
                Date.from(until),
                name(device),
                request.key());
        try {
            extend(certificate, authority, request.key());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return certificate.build(authority.signer());
    }

    private void extend(X509v3CertificateBuilder certificate, Authority authority, SubjectPublicKeyInfo key)
            throws IOException {
        certificate.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
        certificate.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
        certificate.addExtension(
                Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth));
        certificate.addExtension(
                Extension.subjectKeyIdentifier, false, new BcX509ExtensionUtils().createSubjectKeyIdentifier(key));
        certificate.addExtension(Extension.authorityKeyIdentifier, false, authority.keyIdentifier());
        certificate.addExtension(Extension.cRLDistributionPoints, false, revocationList(authority));
        certificate.addExtension(
                Extension.authorityInfoAccess, false, new AuthorityInformationAccess(new AccessDescription[] {
                    access(AccessDescription.id_ad_ocsp, "ocsp"),
                    access(AccessDescription.id_ad_caIssuers, authority.id() + ".cer")
                }));
    }

    private CRLDistPoint revocationList(Authority authority) {
        GeneralNames address = new GeneralNames(address(authority.id() + ".crl"));
        return new CRLDistPoint(
                new DistributionPoint[] {new DistributionPoint(new DistributionPointName(address), null, null)});
    }

    private AccessDescription access(ASN1ObjectIdentifier method, String file) {
        return new AccessDescription(method, address(file));
    }

    private GeneralName address(String file) {
        return new GeneralName(GeneralName.uniformResourceIdentifier, properties.publicUrl() + "/pki/v1/" + file);
    }

    private static X500Name name(DeviceAddress device) {
        return new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.CN, device.toString())
                .build();
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
