package io.warren.provisioning.x509;

import java.io.IOException;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PSSParameterSpec;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which keys and signatures can be relied on: those that NIST SP 800-131A allows beyond 2030, and RSA of 2048 bits. */
final class Strength {

    private static final int LEAST_RSA_BITS = 2048;
    private static final int MOST_RSA_BITS = 8192;
    private static final int LEAST_EC_BITS = 256;
    private static final Pattern STRONG = Pattern.compile("SHA(256|384|512)with(RSA|ECDSA)|Ed25519|Ed448|EdDSA");
    private static final Pattern STRONG_DIGEST = Pattern.compile("SHA-(256|384|512)");

    private Strength() {}

    /** Whether the key of a certificate, and the signature on it, can be relied on. */
    static boolean isEnough(X509Certificate certificate) {
        return isEnough(certificate.getPublicKey()) && isSignedStrongly(certificate);
    }

    private static boolean isEnough(PublicKey key) {
        return switch (key) {
            case RSAPublicKey rsa -> {
                int bits = rsa.getModulus().bitLength();
                // a larger one would only keep us busy
                yield bits >= LEAST_RSA_BITS && bits <= MOST_RSA_BITS;
            }
            case ECPublicKey ec -> ec.getParams().getOrder().bitLength() >= LEAST_EC_BITS;
            case EdECPublicKey _ -> true;
            default -> false;
        };
    }

    private static boolean isSignedStrongly(X509Certificate certificate) {
        String algorithm = certificate.getSigAlgName();
        return algorithm.equals("RSASSA-PSS")
                ? isPssStrong(certificate.getSigAlgParams())
                : STRONG.matcher(algorithm).matches();
    }

    /** Its digest is a parameter, and SHA-1 where there is none. */
    private static boolean isPssStrong(byte @Nullable [] encoded) {
        if (encoded == null) {
            return false;
        }
        try {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance("RSASSA-PSS");
            parameters.init(encoded);
            String digest = parameters.getParameterSpec(PSSParameterSpec.class).getDigestAlgorithm();
            return STRONG_DIGEST.matcher(digest).matches();
        } catch (GeneralSecurityException | IOException e) {
            return false;
        }
    }
}
