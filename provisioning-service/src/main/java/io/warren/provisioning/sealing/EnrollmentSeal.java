package io.warren.provisioning.sealing;

import io.warren.platform.seal.Seal;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Seals what enrolments and groups keep secret, each for its place. */
@Component
public class EnrollmentSeal {

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

    /** The secret; empty if it was sealed for another place or installation. */
    public Optional<byte[]> open(byte[] sealed, String place) {
        return seal.open(sealed, place);
    }
}
