package io.warren.provisioning.signedproof;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.warren.contracts.device.DeviceAddress;
import io.warren.testing.tls.TestIdentity;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a device signs, right or wrong on purpose. */
public final class TestProof {

    private final KeyPair key;
    private final ObjectNode header = JsonMapper.shared().createObjectNode();
    private final ObjectNode claims = JsonMapper.shared().createObjectNode().put("aud", SignedProof.AUDIENCE);
    private String algorithm = "ES256";

    private TestProof(KeyPair key) {
        this.key = key;
        header.put("alg", algorithm);
    }

    /** Signed with a key on P-256. */
    public static TestProof by(KeyPair key) {
        return new TestProof(key);
    }

    /** Signed in another way. */
    public TestProof as(String other) {
        algorithm = other;
        return claiming(other);
    }

    /** Signed in the same way, while it says another. */
    public TestProof claiming(String other) {
        header.put("alg", other);
        return this;
    }

    /** With the key's name. */
    public TestProof named(String name) {
        header.put("kid", name);
        return this;
    }

    /** With certificates, the device's own first. */
    public TestProof with(TestIdentity... chain) {
        ArrayNode certificates = header.putArray("x5c");
        try {
            for (TestIdentity each : chain) {
                certificates.add(
                        Base64.getEncoder().encodeToString(each.certificate().getEncoded()));
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        return this;
    }

    /** About a device. */
    public TestProof of(DeviceAddress device) {
        claims.put("sub", device.toString());
        return this;
    }

    /** For somebody else. */
    public TestProof to(String audience) {
        claims.put("aud", audience);
        return this;
    }

    /** The text of it. */
    public String until(Instant expiry) {
        String signed = encoded(header) + "." + encoded(claims.put("exp", expiry.getEpochSecond()));
        try {
            Signature signature = Signature.getInstance(
                    switch (algorithm) {
                        case "ES384" -> "SHA384withECDSAinP1363Format";
                        case "EdDSA" -> "Ed25519";
                        case "RS256" -> "SHA256withRSA";
                        default -> "SHA256withECDSAinP1363Format";
                    });
            signature.initSign(key.getPrivate());
            signature.update(signed.getBytes(UTF_8));
            return signed + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encoded(ObjectNode json) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(json.toString().getBytes(UTF_8));
    }
}
