package io.warren.platform.clientcertificate;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The header fields in which whoever ended a TLS connection tells the next one whose it was (RFC 9440): the client's certificate in
 * {@code Client-Cert}, a byte sequence between colons (RFC 8941), and those of the authorities that the client sent along in
 * {@code Client-Cert-Chain}, a list of them. That the client has the certificate's key is proved; that anybody should trust the
 * certificate is not said.
 */
public final class ClientCertFields {

    /** The name of the field with the client's own certificate. */
    public static final String CERTIFICATE = "Client-Cert";

    /** The name of the field with the certificates behind it. */
    public static final String CHAIN = "Client-Cert-Chain";

    /** The client's own and those behind it. */
    public static final int MOST_CERTIFICATES = 6;

    /** Of one certificate, as DER; they travel in a head that has its bounds. */
    public static final int MOST_BYTES = 4_096;

    private ClientCertFields() {}

    /** The value of the field for the client's own certificate. */
    public static String item(X509Certificate certificate) {
        try {
            return ":" + Base64.getEncoder().encodeToString(certificate.getEncoded()) + ":";
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("A certificate that was read has an encoding", e);
        }
    }

    /** The value of the field for the certificates behind it. */
    public static String list(List<X509Certificate> certificates) {
        return certificates.stream().map(ClientCertFields::item).collect(Collectors.joining(", "));
    }

    /**
     * Reads both fields.
     *
     * @param certificate the values of {@link #CERTIFICATE}, one for each time that it comes
     * @param chain the values of {@link #CHAIN}
     * @return the client's own certificate and those behind it in their order; empty if there are none
     * @throws IllegalArgumentException if they are not as the RFC says, or beyond the bounds; the message is for people
     */
    public static List<X509Certificate> read(List<String> certificate, List<String> chain) {
        if (certificate.isEmpty() && chain.isEmpty()) {
            return List.of();
        }
        if (certificate.size() != 1) {
            throw new IllegalArgumentException(CERTIFICATE + " has to be there once");
        }
        List<X509Certificate> read = new ArrayList<>();
        read.add(certificate(certificate.getFirst()));
        for (String line : chain) {
            for (String member : line.split(",", -1)) {
                if (read.size() == MOST_CERTIFICATES) {
                    throw new IllegalArgumentException("There are more than " + MOST_CERTIFICATES + " certificates");
                }
                read.add(certificate(member));
            }
        }
        return List.copyOf(read);
    }

    private static X509Certificate certificate(String member) {
        String item = member.strip();
        if (item.length() < 2 || !item.startsWith(":") || !item.endsWith(":")) {
            throw new IllegalArgumentException("A certificate is a byte sequence between colons");
        }
        byte[] encoded = Base64.getDecoder().decode(item.substring(1, item.length() - 1));
        if (encoded.length > MOST_BYTES) {
            throw new IllegalArgumentException("A certificate has more than " + MOST_BYTES + " bytes");
        }
        try {
            X509Certificate certificate = (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(encoded));
            // the factory reads PEM too, and what is behind a certificate it leaves alone
            if (!Arrays.equals(encoded, certificate.getEncoded())) {
                throw new IllegalArgumentException("There is something beside the certificate");
            }
            return certificate;
        } catch (CertificateException e) {
            throw new IllegalArgumentException("It is no X.509 certificate", e);
        }
    }
}
