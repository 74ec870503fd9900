package io.warren.provisioning.offlinebundle;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.PasswordBasedDecrypter;
import com.nimbusds.jose.crypto.PasswordBasedEncrypter;
import com.nimbusds.jose.util.Base64URL;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import java.text.ParseException;
import org.springframework.http.HttpStatus;

/**
 * Locks bundles with passphrases: JWE in compact form (RFC 7516) with PBES2-HS512+A256KW (RFC 7518, 4.8) and A256GCM. A key is made of
 * the passphrase in {@value #ITERATIONS} rounds, which takes about a second of one processor's time.
 */
final class BundleLock {

    /** The most bytes that are locked. */
    static final int MOST = 8 * 1024 * 1024;

    /** The most characters that come of them: base64url, the header and the wrapped key. */
    static final int LONGEST = MOST / 3 * 4 + 4096;

    /** What the header's {@code typ} says. */
    static final String TYPE = "warren-bundle";

    private static final int ITERATIONS = 600_000;
    private static final int LEAST_ITERATIONS = 100_000;
    private static final int MOST_ITERATIONS = 1_000_000;
    private static final int SALT_BYTES = 16;
    private static final int MOST_SALT_BYTES = 64;
    private static final int LONGEST_HEADER = 1_024;

    private static final ProblemKind NONE = new ProblemKind("not-a-bundle", HttpStatus.BAD_REQUEST, "Not a bundle");
    private static final ProblemKind UNOPENED =
            new ProblemKind("bundle-not-opened", HttpStatus.BAD_REQUEST, "The bundle cannot be opened");
    private static final ProblemKind TOO_LARGE =
            new ProblemKind("content-too-large", HttpStatus.CONTENT_TOO_LARGE, "Too large");

    private BundleLock() {}

    /**
     * Locks a bundle.
     *
     * @param contents at most {@link #MOST} bytes
     */
    static String close(byte[] contents, String passphrase) {
        JWEHeader header = new JWEHeader.Builder(JWEAlgorithm.PBES2_HS512_A256KW, EncryptionMethod.A256GCM)
                .type(new JOSEObjectType(TYPE))
                .contentType("json")
                .build();
        JWEObject bundle = new JWEObject(header, new Payload(contents));
        try {
            bundle.encrypt(new PasswordBasedEncrypter(passphrase, SALT_BYTES, ITERATIONS));
        } catch (JOSEException e) {
            throw new IllegalStateException("Every Java runtime has PBKDF2 and AES", e);
        }
        return bundle.serialize();
    }

    /**
     * Opens a bundle. What could make that expensive is looked at before; from then on every passphrase takes the same time.
     *
     * @throws ProblemException if it is none, or was locked with another passphrase or altered since
     */
    static byte[] open(String text, String passphrase) {
        if (text.length() > LONGEST) {
            throw new ProblemException(TOO_LARGE, "A bundle has at most " + LONGEST + " characters.");
        }
        JWEObject bundle = parse(text.strip());
        try {
            bundle.decrypt(new PasswordBasedDecrypter(passphrase));
        } catch (JOSEException e) {
            // not which of the two: whoever has altered it could learn from that
            throw new ProblemException(
                    UNOPENED,
                    "The passphrase is not the one of this bundle, or the bundle was altered since it was made.");
        }
        return bundle.getPayload().toBytes();
    }

    private static JWEObject parse(String text) {
        int header = text.indexOf('.');
        if (header < 0 || header > LONGEST_HEADER) {
            throw none();
        }
        try {
            JWEObject bundle = JWEObject.parse(text);
            if (!isOurs(bundle.getHeader())) {
                throw none();
            }
            return bundle;
        } catch (ParseException | IllegalArgumentException e) {
            throw none();
        }
    }

    private static boolean isOurs(JWEHeader header) {
        Base64URL salt = header.getPBES2Salt();
        return JWEAlgorithm.PBES2_HS512_A256KW.equals(header.getAlgorithm())
                && EncryptionMethod.A256GCM.equals(header.getEncryptionMethod())
                && header.getType() != null
                && TYPE.equals(header.getType().getType())
                && header.getPBES2Count() >= LEAST_ITERATIONS
                && header.getPBES2Count() <= MOST_ITERATIONS
                && salt != null
                && salt.decode().length >= SALT_BYTES
                && salt.decode().length <= MOST_SALT_BYTES
                // unzipped, it could be any size
                && header.getCompressionAlgorithm() == null
                && (header.getCriticalParams() == null
                        || header.getCriticalParams().isEmpty());
    }

    private static ProblemException none() {
        return new ProblemException(
                NONE,
                "This is no bundle that was exported here or elsewhere, or its header asks for more work than one takes.");
    }
}
