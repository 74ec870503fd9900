package io.warren.provisioning.signedproof;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import java.io.ByteArrayOutputStream;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.NamedParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.text.ParseException;
import java.util.Base64;
import java.util.HexFormat;

/** Reads the public keys of devices: EC on P-256 or P-384, and Ed25519. */
public final class PublicKeys {

    /** The most characters of a key. */
    public static final int LONGEST = 2048;

    /** What stands before the 32 bytes of an Ed25519 key in a {@code SubjectPublicKeyInfo} (RFC 8410, section 4). */
    private static final byte[] ED25519 = HexFormat.of().parseHex("302a300506032b6570032100");

    private static final String PEM_HEAD = "-----BEGIN PUBLIC KEY-----";
    private static final String PEM_FOOT = "-----END PUBLIC KEY-----";

    private PublicKeys() {}

    /**
     * The key of a text: PEM (RFC 7468), a JWK (RFC 7517), or the base64 of a {@code SubjectPublicKeyInfo}.
     *
     * @throws InvalidKeyException if it is none, or of a kind that is not known; the message says which there are
     */
    public static PublicKey read(String text) throws InvalidKeyException {
        String key = text.strip();
        if (key.length() > LONGEST) {
            throw unknown();
        }
        if (key.startsWith("{")) {
            return ofJwk(key);
        }
        if (key.startsWith(PEM_HEAD) && key.endsWith(PEM_FOOT)) {
            key = key.substring(PEM_HEAD.length(), key.length() - PEM_FOOT.length());
        }
        try {
            return ofDer(Base64.getDecoder().decode(key.replaceAll("\\s", "")));
        } catch (IllegalArgumentException e) {
            throw unknown();
        }
    }

    /**
     * The key of a {@code SubjectPublicKeyInfo} (RFC 5280, section 4.1).
     *
     * @throws InvalidKeyException if it is none, or of a kind that is not known
     */
    public static PublicKey ofDer(byte[] der) throws InvalidKeyException {
        for (String algorithm : new String[] {"EC", "Ed25519"}) {
            try {
                PublicKey key = KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(der));
                if (isKnown(key)) {
                    return key;
                }
            } catch (InvalidKeySpecException e) {
                // it is of another kind, or of none
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("Every Java runtime has " + algorithm, e);
            }
        }
        throw unknown();
    }

    private static PublicKey ofJwk(String json) throws InvalidKeyException {
        try {
            JWK key = JWK.parse(json);
            if (key instanceof OctetKeyPair pair && pair.getCurve().equals(Curve.Ed25519)) {
                ByteArrayOutputStream der = new ByteArrayOutputStream();
                der.writeBytes(ED25519);
                der.writeBytes(pair.getDecodedX());
                return ofDer(der.toByteArray());
            }
            return ofDer(key.toECKey().toECPublicKey().getEncoded());
        } catch (ParseException | JOSEException | IllegalArgumentException | ClassCastException e) {
            throw unknown();
        }
    }

    private static boolean isKnown(PublicKey key) {
        return switch (key) {
            case ECPublicKey ec -> {
                int bits = ec.getParams().getOrder().bitLength();
                yield bits == 256 || bits == 384;
            }
            case EdECPublicKey ed -> ed.getParams().getName().equals(NamedParameterSpec.ED25519.getName());
            default -> false;
        };
    }

    private static InvalidKeyException unknown() {
        return new InvalidKeyException(
                "a public key of EC on P-256 or P-384, or of Ed25519, in PEM, as a JWK, or as base64 of its SubjectPublicKeyInfo");
    }
}
