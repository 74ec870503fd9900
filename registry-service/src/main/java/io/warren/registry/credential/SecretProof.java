package io.warren.registry.credential;

import org.jspecify.annotations.Nullable;

/**
 * What is kept of a secret.
 *
 * @param sha256 SHA-256 of its text
 * @param sealedTokenKey the key of the tokens that its holder signs, sealed; absent if who made the secret does not know of tokens
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record SecretProof(byte[] sha256, byte @Nullable [] sealedTokenKey) implements Proof {

    @Override
    public String toString() {
        return "SecretProof[…]";
    }
}
