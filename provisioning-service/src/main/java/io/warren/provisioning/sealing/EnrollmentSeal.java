package io.warren.provisioning.sealing;

import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.platform.seal.Seal;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Seals what enrolments and groups keep secret, each for its place. */
@Component
public class EnrollmentSeal {

    private static final ProblemKind SEALED_ELSEWHERE =
            new ProblemKind("secret-sealed-elsewhere", HttpStatus.CONFLICT, "A secret cannot be opened");

    private final Seal seal;

    EnrollmentSeal(SealingProperties properties) {
        this.seal = new Seal(properties.enrollmentSealingKey());
    }

    /**
     * Seals a secret.
     *
     * @param place what must be said again to open it: it names what the secret is of
     */
    public byte[] close(byte[] secret, String place) {
        return seal.close(secret, place);
    }

    /**
     * What is said of a secret that cannot be opened.
     *
     * @param door the name of the enrolment or group whose secret it is
     */
    public static ProblemException sealedElsewhere(String door) {
        return new ProblemException(
                SEALED_ELSEWHERE, "A secret of " + door + " was sealed with another key: it has to be set again.");
    }

    /** The secret; empty if it was sealed for another place or installation. */
    public Optional<byte[]> open(byte[] sealed, String place) {
        return seal.open(sealed, place);
    }
}
