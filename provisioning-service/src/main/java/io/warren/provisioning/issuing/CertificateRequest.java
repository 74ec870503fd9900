package io.warren.provisioning.issuing;

import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.platform.problem.Violation;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCSException;

/**
 * A request for a certificate (PKCS#10, RFC 2986), of which only the key counts: who a device is follows from how it came, never from
 * what it calls itself here. It is signed with that key, which is EC P-256, EC P-384 or Ed25519.
 *
 * @param key the key that is to be certified
 */
public record CertificateRequest(SubjectPublicKeyInfo key) {

    private static final int MOST_CHARACTERS = 8 * 1024;
    private static final String BEGIN = "-----BEGIN ";
    private static final String END = "-----END ";
    private static final Set<ASN1ObjectIdentifier> CURVES =
            Set.of(SECObjectIdentifiers.secp256r1, SECObjectIdentifiers.secp384r1);
    private static final BouncyCastleProvider PROVIDER = new BouncyCastleProvider();

    /**
     * Reads a request.
     *
     * @param text in PEM, or the base64 of its encoding (DER); at most 8,192 characters
     * @throws ProblemException that points to {@code /csr}, if it is no such request
     */
    public static CertificateRequest parse(String text) {
        if (text.length() > MOST_CHARACTERS) {
            throw refused("it has more than " + MOST_CHARACTERS + " characters");
        }
        PKCS10CertificationRequest request;
        try {
            request = new PKCS10CertificationRequest(Base64.getMimeDecoder().decode(base64(text)));
        } catch (IOException
                | RuntimeException e) { // what it says of broken encodings differs with where they are broken
            throw refused("it is no certification request (PKCS#10) in PEM or base64");
        }
        requireKnownKind(request.getSubjectPublicKeyInfo());
        if (!isSignedWithItsKey(request)) {
            throw refused("it is not signed with the key that it names");
        }
        return new CertificateRequest(request.getSubjectPublicKeyInfo());
    }

    /** SHA-256 of the key's encoding (DER), by which it is recognised. */
    public byte[] keySha256() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(key.getEncoded());
        } catch (NoSuchAlgorithmException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String base64(String text) {
        int begin = text.indexOf(BEGIN);
        if (begin < 0) {
            return text;
        }
        int content = text.indexOf('\n', begin);
        int end = text.indexOf(END, begin);
        if (content < 0 || end < content) {
            throw refused("its PEM is cut off");
        }
        return text.substring(content, end);
    }

    private static void requireKnownKind(SubjectPublicKeyInfo key) {
        AlgorithmIdentifier algorithm = key.getAlgorithm();
        ASN1Encodable parameters = algorithm.getParameters();
        boolean curve = algorithm.getAlgorithm().equals(X9ObjectIdentifiers.id_ecPublicKey)
                && parameters instanceof ASN1ObjectIdentifier name
                && CURVES.contains(name);
        if (!curve && !algorithm.getAlgorithm().equals(EdECObjectIdentifiers.id_Ed25519)) {
            throw refused("its key is none of EC P-256, EC P-384 and Ed25519");
        }
    }

    private static boolean isSignedWithItsKey(PKCS10CertificationRequest request) {
        try {
            return request.isSignatureValid(new JcaContentVerifierProviderBuilder()
                    .setProvider(PROVIDER)
                    .build(request.getSubjectPublicKeyInfo()));
        } catch (OperatorCreationException | PKCSException | RuntimeException e) {
            // a point that is not on its curve, a signature of another kind of key, …
            return false;
        }
    }

    private static ProblemException refused(String reason) {
        return new ProblemException(
                ProblemKind.INVALID,
                "The certification request cannot be used.",
                List.of(new Violation("/csr", reason)));
    }
}
