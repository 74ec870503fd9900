package io.warren.provisioning.enrollment;

import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.platform.problem.Violation;
import io.warren.provisioning.attestation.AttestationKind;
import io.warren.provisioning.attestation.SymmetricKey;
import io.warren.provisioning.sealing.EnrollmentSeal;
import io.warren.provisioning.signedproof.PublicKeys;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What is kept of how devices prove themselves: nothing that who reads the database could prove himself with. */
@Component
class Proofs {

    private final EnrollmentSeal seal;

    Proofs(EnrollmentSeal seal) {
        this.seal = seal;
    }

    /**
     * A proof that was made, and what is shown of it this once.
     *
     * @param claimToken absent for other kinds
     * @param key absent for other kinds
     */
    record Made(
            Proof proof,
            @Nullable ClaimToken claimToken,
            @Nullable SymmetricKey key) {}

    /**
     * Makes a proof of what an enrolment is asked for with.
     *
     * @throws ProblemException if what belongs to its kind is not there, or cannot be read
     */
    Made make(EnrollmentKey enrollment, EnrollmentRequest request) {
        EnrollmentAttestation asked = request.attestation();
        requireNone(asked.kind() != AttestationKind.SYMMETRIC_KEY, asked.key(), "key");
        requireNone(asked.kind() != AttestationKind.PUBLIC_KEY, asked.publicKey(), "publicKey");
        requireNone(asked.kind() != AttestationKind.X509, asked.certificate(), "certificate");
        requireNone(asked.kind() != AttestationKind.X509, asked.certificateSha256(), "certificateSha256");
        if ((asked.kind() == AttestationKind.SYMMETRIC_KEY || asked.kind() == AttestationKind.PUBLIC_KEY)
                && request.deviceId() == null) {
            throw invalid("/deviceId", "needed with this kind of attestation");
        }
        return switch (asked.kind()) {
            case CLAIM_TOKEN -> {
                ClaimToken token = ClaimToken.random();
                yield new Made(Proof.of(token), token, null);
            }
            case SYMMETRIC_KEY -> {
                SymmetricKey key = asked.key() == null ? SymmetricKey.random() : new SymmetricKey(asked.key());
                yield new Made(
                        Proof.ofKey(seal.close(key.text().getBytes(StandardCharsets.US_ASCII), place(enrollment))),
                        null,
                        key);
            }
            case PUBLIC_KEY -> new Made(Proof.ofPublicKey(publicKey(asked)), null, null);
            case X509 -> new Made(Proof.ofCertificate(certificateSha256(asked)), null, null);
        };
    }

    /** The key of an enrolment's device; empty if it is not sealed for it and this installation. */
    Optional<SymmetricKey> open(EnrollmentKey enrollment, byte[] sealed) {
        return seal.open(sealed, place(enrollment))
                .map(text -> new SymmetricKey(new String(text, StandardCharsets.US_ASCII)));
    }

    /** A public key as it is kept. */
    static String publicKey(EnrollmentAttestation asked) {
        String text = asked.publicKey();
        if (text == null) {
            throw invalid("/attestation/publicKey", "needed with the kind public-key");
        }
        try {
            return Base64.getEncoder().encodeToString(PublicKeys.read(text).getEncoded());
        } catch (InvalidKeyException e) {
            throw invalid("/attestation/publicKey", Objects.toString(e.getMessage()));
        }
    }

    /** What is kept of a certificate. */
    static byte[] certificateSha256(EnrollmentAttestation asked) {
        String pem = asked.certificate();
        String sha256 = asked.certificateSha256();
        if ((pem == null) == (sha256 == null)) {
            throw invalid("/attestation/certificate", "either this or certificateSha256 is needed with the kind x509");
        }
        if (sha256 != null) {
            return HexFormat.of().parseHex(sha256);
        }
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(CertificateFactory.getInstance("X.509")
                            .generateCertificate(new ByteArrayInputStream(
                                    Objects.requireNonNull(pem).getBytes(StandardCharsets.US_ASCII)))
                            .getEncoded());
        } catch (GeneralSecurityException e) {
            throw invalid("/attestation/certificate", "it is no X.509 certificate in PEM");
        }
    }

    private static void requireNone(boolean foreign, @Nullable String value, String name) {
        if (foreign && value != null) {
            throw invalid("/attestation/" + name, "goes with another kind of attestation");
        }
    }

    private static String place(EnrollmentKey enrollment) {
        return "enrollment-key\n" + enrollment.tenant() + "\n" + enrollment.id();
    }

    private static ProblemException invalid(String pointer, String detail) {
        return new ProblemException(
                ProblemKind.INVALID,
                "Some fields are not allowed to be as they are.",
                List.of(new Violation(pointer, detail)));
    }
}
