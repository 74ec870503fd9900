package io.warren.testing.tls;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/**
 * A certificate with its key, an authority's or a device's, good or bad on purpose; made in memory for one test.
 *
 * @param keys its keys
 * @param certificate its certificate
 */
public record TestIdentity(KeyPair keys, X509Certificate certificate) {

    private static final Provider PROVIDER = new BouncyCastleProvider();
    private static final SecureRandom RANDOM = new SecureRandom();

    /** A root authority with an EC key on P-256. */
    public static TestIdentity authority(String subject) {
        return selfSigned(subject).asAuthority().make();
    }

    /** What is to sign itself. */
    public static Draft selfSigned(String subject) {
        return new Draft(null, subject);
    }

    /** What this one is to issue, whether it may or not: a client's certificate unless something else is said. */
    public Draft issue(String subject) {
        return new Draft(this, subject);
    }

    /** A key pair, such as of {@code RSA} and 1024 bits, or {@code Ed25519}. */
    public static KeyPair keys(String algorithm, int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            if (bits > 0) {
                generator.initialize(bits);
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The certificate in PEM. */
    public String pem() {
        return pem(certificate);
    }

    /** A chain in PEM. */
    public static String pem(X509Certificate... certificates) {
        StringBuilder text = new StringBuilder();
        try {
            for (X509Certificate each : certificates) {
                text.append("-----BEGIN CERTIFICATE-----\n")
                        .append(Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                                .encodeToString(each.getEncoded()))
                        .append("\n-----END CERTIFICATE-----\n");
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        return text.toString();
    }

    /** A certificate that is being written. */
    public static final class Draft {

        private final @Nullable TestIdentity issuer;
        private final X500Name subject;
        private final List<Extension> extensions = new ArrayList<>();
        private KeyPair keys = TestIdentity.keys("EC", 256);
        private Instant notBefore = Instant.EPOCH;
        private Instant notAfter = Instant.EPOCH;
        private String algorithm = "";
        private ASN1Encodable purpose = new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth);
        private boolean isForAnything;

        private Draft(@Nullable TestIdentity issuer, String subject) {
            this.issuer = issuer;
            this.subject = new X500Name(subject);
            validFor(Duration.ofHours(-1), Duration.ofDays(1));
        }

        /** When it is valid, from now. */
        public Draft validFor(Duration from, Duration until) {
            Instant now = Clock.systemUTC().instant();
            notBefore = now.plus(from);
            notAfter = now.plus(until);
            return this;
        }

        /** It may issue certificates, through any number of others. */
        public Draft asAuthority() {
            return with(Extension.basicConstraints, new BasicConstraints(true))
                    .forUse(KeyUsage.keyCertSign | KeyUsage.cRLSign)
                    .forAnything();
        }

        /** It may issue certificates, through so many others. */
        public Draft asAuthority(int pathLength) {
            return with(Extension.basicConstraints, new BasicConstraints(pathLength))
                    .forUse(KeyUsage.keyCertSign | KeyUsage.cRLSign)
                    .forAnything();
        }

        /** What its key is for, as bits of {@link KeyUsage}. */
        public Draft forUse(int bits) {
            return with(Extension.keyUsage, new KeyUsage(bits));
        }

        /** What it is for, as an object identifier of an extended key usage. */
        public Draft forPurpose(String oid) {
            purpose = new ExtendedKeyUsage(KeyPurposeId.getInstance(new ASN1ObjectIdentifier(oid)));
            return this;
        }

        /** It does not say what it is for. */
        public Draft forAnything() {
            isForAnything = true;
            return this;
        }

        /** It has another name: one of a DNS. */
        public Draft named(String dns) {
            return with(Extension.subjectAlternativeName, new GeneralNames(new GeneralName(GeneralName.dNSName, dns)));
        }

        /** It has a key of another kind. */
        public Draft with(KeyPair other) {
            keys = other;
            return this;
        }

        /** It is signed in another way, such as {@code SHA1withECDSA}. */
        public Draft signedWith(String other) {
            algorithm = other;
            return this;
        }

        /** It has an extension, which is critical. */
        public Draft with(ASN1ObjectIdentifier oid, ASN1Encodable value) {
            try {
                extensions.add(new Extension(oid, true, value.toASN1Primitive().getEncoded()));
                return this;
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        /** The certificate. */
        public TestIdentity make() {
            return make(issuer == null ? keys.getPrivate() : issuer.keys().getPrivate());
        }

        /** The certificate, with a signature that is not its issuer's. */
        public TestIdentity forge() {
            return make(TestIdentity.keys("EC", 256).getPrivate());
        }

        private TestIdentity make(PrivateKey signer) {
            X500Name name = issuer == null
                    ? subject
                    : X500Name.getInstance(
                            issuer.certificate().getSubjectX500Principal().getEncoded());
            try {
                JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                        name,
                        new BigInteger(100, RANDOM),
                        Date.from(notBefore),
                        Date.from(notAfter),
                        subject,
                        keys.getPublic());
                for (Extension extension : extensions) {
                    builder.addExtension(extension);
                }
                if (!isForAnything) {
                    builder.addExtension(Extension.extendedKeyUsage, false, purpose);
                }
                return new TestIdentity(
                        keys,
                        new JcaX509CertificateConverter()
                                .getCertificate(builder.build(new JcaContentSignerBuilder(algorithm(signer))
                                        .setProvider(PROVIDER)
                                        .build(signer))));
            } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
                throw new IllegalStateException(e);
            }
        }

        private String algorithm(PrivateKey signer) {
            if (!algorithm.isEmpty()) {
                return algorithm;
            }
            return switch (signer.getAlgorithm()) {
                case "EC" -> "SHA256withECDSA";
                case "RSA" -> "SHA256withRSA";
                default -> "Ed25519";
            };
        }
    }
}
