package io.warren.provisioning.x509;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/** Reads and writes certificates. */
public final class X509Certificates {

    /** How many certificates are looked at together: a device's own and what is between it and an authority that is known. */
    public static final int MOST = 5;

    /** The most characters of PEM that are looked at. */
    public static final int LONGEST = 32 * 1024;

    private static final int MOST_BYTES = 8 * 1024;
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

    private X509Certificates() {}

    /**
     * The certificates of a PEM text (RFC 7468), in its order.
     *
     * @throws CertificateException if there is none or there are too many, or something else stands there
     */
    public static List<X509Certificate> ofPem(String pem) throws CertificateException {
        if (pem.length() > LONGEST || !pem.contains("-----BEGIN CERTIFICATE-----")) {
            throw new CertificateException("No certificates in PEM");
        }
        List<X509Certificate> found =
                factory()
                        .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)))
                        .stream()
                        .map(X509Certificate.class::cast)
                        .toList();
        if (found.isEmpty() || found.size() > MOST) {
            throw new CertificateException("Between one and " + MOST + " certificates are looked at");
        }
        for (X509Certificate certificate : found) {
            requireRoom(certificate.getEncoded().length);
        }
        return found;
    }

    /**
     * The certificate that is encoded in DER.
     *
     * @throws CertificateException if none is, or it is too large
     */
    public static X509Certificate ofDer(byte[] der) throws CertificateException {
        requireRoom(der.length);
        return (X509Certificate) factory().generateCertificate(new ByteArrayInputStream(der));
    }

    /** The certificate in PEM. */
    public static String pem(X509Certificate certificate) {
        return "-----BEGIN CERTIFICATE-----\n" + LINES.encodeToString(der(certificate))
                + "\n-----END CERTIFICATE-----\n";
    }

    /** The certificate in DER. */
    public static byte[] der(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("A certificate that was read can be written", e);
        }
    }

    /** What a certificate is told from all others by: the SHA-256 of all of it. */
    public static byte[] sha256(X509Certificate certificate) {
        return sha256(der(certificate));
    }

    /** What its holder is told from all others by, whatever other certificates it gets: the SHA-256 of its key, in hexadecimal. */
    public static String keySha256(X509Certificate certificate) {
        return HexFormat.of().formatHex(sha256(certificate.getPublicKey().getEncoded()));
    }

    private static byte[] sha256(byte[] encoded) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(encoded);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static CertificateFactory factory() {
        try {
            return CertificateFactory.getInstance("X.509");
        } catch (CertificateException e) {
            throw new IllegalStateException("Every Java runtime knows X.509", e);
        }
    }

    private static void requireRoom(int bytes) throws CertificateException {
        if (bytes > MOST_BYTES) {
            throw new CertificateException("A certificate has at most " + MOST_BYTES + " bytes");
        }
    }
}
