package io.warren.provisioning;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.bc.BcX509ExtensionUtils;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.jspecify.annotations.Nullable;

/** A root, the authorities below it, and devices' keys and requests, made for one test run. */
public final class TestAuthorities {

    /** What the keys of authorities are encrypted under, unless a test says otherwise. */
    public static final String PASSPHRASE = "open sesame";

    private static final Instant ROOT_FROM = Instant.parse("2020-01-01T00:00:00Z");
    private static final AtomicLong SERIALS = new AtomicLong(1);

    private final KeyPair rootKey = key("secp256r1");
    private final X509CertificateHolder root;

    /** A root of its own. */
    public TestAuthorities() {
        root = certificate("CN=Root", rootKey, "CN=Root", rootKey, ROOT_FROM, Duration.ofDays(7300), true);
    }

    /** The root's certificate in PEM. */
    public String root() {
        return pem(root);
    }

    /** Puts an authority that the root has signed into a directory, good for ten years. */
    public void issuer(Path directory, String name) {
        issuer(directory, name, PASSPHRASE, Instant.now().minusSeconds(60), Duration.ofDays(3650));
    }

    /** Puts an authority that the root has signed into a directory. */
    public void issuer(Path directory, String name, String passphrase, Instant from, Duration lifetime) {
        KeyPair key = key("secp256r1");
        X509CertificateHolder certificate = certificate("CN=" + name, key, "CN=Root", rootKey, from, lifetime, true);
        write(directory.resolve(name + ".pem"), pem(certificate));
        write(directory.resolve(name + ".key"), encrypted(key.getPrivate(), passphrase));
    }

    /** Puts an authority into a directory that an intermediate one has signed, and that one behind it in the file. */
    public void issuerBelowAnother(Path directory, String name, Instant from, Duration lifetime) {
        KeyPair middle = key("secp256r1");
        KeyPair key = key("secp256r1");
        write(
                directory.resolve(name + ".pem"),
                pem(certificate("CN=" + name, key, "CN=Middle", middle, from, lifetime, true))
                        + pem(certificate("CN=Middle", middle, "CN=Root", rootKey, from, lifetime, true)));
        write(directory.resolve(name + ".key"), encrypted(key.getPrivate(), PASSPHRASE));
    }

    /** A new key pair on a curve, {@code secp256r1} for example, or {@code Ed25519}. */
    public static KeyPair key(String kind) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(kind.startsWith("sec") ? "EC" : kind);
            if (kind.startsWith("sec")) {
                generator.initialize(new ECGenParameterSpec(kind));
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A request to certify a key, signed with it, as base64. */
    public static String request(KeyPair key) {
        return request(key, key.getPrivate());
    }

    /** A request to certify a key, signed with any. */
    public static String request(KeyPair key, PrivateKey signer) {
        String algorithm = signer.getAlgorithm().equals("EC")
                ? "SHA256withECDSA"
                : signer.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "Ed25519";
        try {
            return Base64.getEncoder()
                    .encodeToString(
                            new JcaPKCS10CertificationRequestBuilder(new X500Name("CN=somebody else"), key.getPublic())
                                    .build(new JcaContentSignerBuilder(algorithm).build(signer))
                                    .getEncoded());
        } catch (OperatorCreationException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static X509CertificateHolder certificate(
            String subject,
            KeyPair key,
            String issuer,
            KeyPair signer,
            Instant from,
            Duration lifetime,
            boolean authority) {
        try {
            SubjectPublicKeyInfo info =
                    SubjectPublicKeyInfo.getInstance(key.getPublic().getEncoded());
            return new X509v3CertificateBuilder(
                            new X500Name(issuer),
                            BigInteger.valueOf(SERIALS.getAndIncrement()),
                            Date.from(from),
                            Date.from(from.plus(lifetime)),
                            new X500Name(subject),
                            info)
                    .addExtension(Extension.basicConstraints, true, new BasicConstraints(authority))
                    .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign))
                    .addExtension(
                            Extension.subjectKeyIdentifier,
                            false,
                            new BcX509ExtensionUtils().createSubjectKeyIdentifier(info))
                    .addExtension(
                            Extension.authorityKeyIdentifier,
                            false,
                            new BcX509ExtensionUtils()
                                    .createAuthorityKeyIdentifier(SubjectPublicKeyInfo.getInstance(
                                            signer.getPublic().getEncoded())))
                    .build(new JcaContentSignerBuilder("SHA256withECDSA").build(signer.getPrivate()));
        } catch (OperatorCreationException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A key as an authority's file has it. */
    public static String encrypted(PrivateKey key, String passphrase) {
        try {
            return pem(new JcaPKCS8Generator(
                            key,
                            new JceOpenSSLPKCS8EncryptorBuilder(NISTObjectIdentifiers.id_aes256_CBC)
                                    .setProvider(new BouncyCastleProvider())
                                    .setPassword(passphrase.toCharArray())
                                    .build())
                    .generate());
        } catch (OperatorCreationException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Anything in PEM. */
    public static String pem(@Nullable Object content) {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter pem = new JcaPEMWriter(text)) {
            pem.writeObject(content);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return text.toString();
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
