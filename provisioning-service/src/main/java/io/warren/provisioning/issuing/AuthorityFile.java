package io.warren.provisioning.issuing;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8DecryptorProviderBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCSException;

/**
 * The two files of an authority.
 *
 * @param certificate its certificate, and those between it and the root, in PEM
 * @param key its key in PEM: PKCS#8, encrypted (RFC 5958, RFC 8018)
 */
record AuthorityFile(Path certificate, Path key) {

    private static final BouncyCastleProvider PROVIDER = new BouncyCastleProvider();
    private static final JcaPEMKeyConverter KEYS = new JcaPEMKeyConverter();
    private static final int MOST_BYTES = 64 * 1024;
    private static final int ID_BYTES = 8;

    /**
     * Reads and checks them.
     *
     * @throws IOException if they cannot be read, or are not what signs devices' certificates; the text says why
     */
    Authority read(List<String> passphrases) throws IOException {
        List<X509CertificateHolder> chain = Pem.certificates(text(certificate));
        if (chain.isEmpty()) {
            throw new IOException("there is no certificate in it");
        }
        X509CertificateHolder own = chain.getFirst();
        requireAuthority(own);
        PrivateKey privateKey = decrypt(passphrases);
        PublicKey publicKey = KEYS.getPublicKey(own.getSubjectPublicKeyInfo());
        String algorithm = algorithm(publicKey);
        requirePair(publicKey, privateKey, algorithm);
        return new Authority(id(own), List.copyOf(chain), privateKey, algorithm);
    }

    private static void requireAuthority(X509CertificateHolder certificate) throws IOException {
        BasicConstraints constraints = BasicConstraints.fromExtensions(certificate.getExtensions());
        if (constraints == null || !constraints.isCA()) {
            throw new IOException("it is no authority's certificate");
        }
        KeyUsage usage = KeyUsage.fromExtensions(certificate.getExtensions());
        if (usage != null && !usage.hasUsages(KeyUsage.keyCertSign | KeyUsage.cRLSign)) {
            throw new IOException("its key usage lacks keyCertSign or cRLSign");
        }
    }

    private PrivateKey decrypt(List<String> passphrases) throws IOException {
        try (PEMParser parser = new PEMParser(new StringReader(text(key)))) {
            if (!(parser.readObject() instanceof PKCS8EncryptedPrivateKeyInfo encrypted)) {
                throw new IOException("the key is not encrypted as PKCS#8");
            }
            for (String passphrase : passphrases) {
                try {
                    return KEYS.getPrivateKey(
                            encrypted.decryptPrivateKeyInfo(new JceOpenSSLPKCS8DecryptorProviderBuilder()
                                    .setProvider(PROVIDER)
                                    .build(passphrase.toCharArray())));
                } catch (PKCSException | IOException | OperatorCreationException e) {
                    // another passphrase's, perhaps: said below if it is nobody's
                }
            }
            throw new IOException("none of the passphrases opens the key");
        }
    }

    private static String algorithm(PublicKey key) throws IOException {
        return switch (key) {
            case ECPublicKey curve when curve.getParams().getOrder().bitLength() == 256 -> "SHA256withECDSA";
            case ECPublicKey curve when curve.getParams().getOrder().bitLength() == 384 -> "SHA384withECDSA";
            case EdECPublicKey _ -> "Ed25519";
            case RSAPublicKey rsa when rsa.getModulus().bitLength() >= 2_048 -> "SHA256withRSA";
            default ->
                throw new IOException("its key is none of EC P-256, EC P-384, Ed25519 and RSA of 2,048 bits or more");
        };
    }

    private static void requirePair(PublicKey publicKey, PrivateKey privateKey, String algorithm) throws IOException {
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(privateKey);
            byte[] signed = signature.sign();
            signature.initVerify(publicKey);
            if (signature.verify(signed)) {
                return;
            }
        } catch (GeneralSecurityException e) {
            // a key of another kind
        }
        throw new IOException("the key is another certificate's");
    }

    private static String id(X509CertificateHolder certificate) throws IOException {
        try {
            byte[] sha256 = MessageDigest.getInstance("SHA-256")
                    .digest(certificate.getSubjectPublicKeyInfo().getEncoded());
            return HexFormat.of().formatHex(sha256, 0, ID_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(Path file) throws IOException {
        if (Files.size(file) > MOST_BYTES) {
            throw new IOException("it has more than " + MOST_BYTES + " bytes");
        }
        return Files.readString(file);
    }
}
