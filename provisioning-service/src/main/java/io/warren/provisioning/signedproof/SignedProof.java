package io.warren.provisioning.signedproof;

import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.util.Base64;
import com.nimbusds.jwt.JWTClaimsSet;
import io.warren.contracts.device.DeviceAddress;
import io.warren.provisioning.attestation.RegisterRequest;
import io.warren.provisioning.x509.X509Certificates;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a device has signed: a JWS in compact form (RFC 7515) that is for this platform, names the device, and is good for an hour at
 * most. Nothing of it is believed before {@link #flaw} has found nothing.
 */
public final class SignedProof {

    /** Whom it is for. */
    public static final String AUDIENCE = "warren-bootstrap";

    /** How long it is good at most. */
    public static final Duration LONGEST_LIFE = Duration.ofHours(1);

    /** How far a device's clock may be off. */
    public static final Duration SKEW = Duration.ofMinutes(5);

    private final JWSObject jws;
    private final JWTClaimsSet claims;
    private final DeviceAddress device;
    private final List<X509Certificate> chain;

    private SignedProof(JWSObject jws, JWTClaimsSet claims, DeviceAddress device, List<X509Certificate> chain) {
        this.jws = jws;
        this.claims = claims;
        this.device = device;
        this.chain = chain;
    }

    /** Reads a proof without checking it; empty if the text is anything else. */
    public static Optional<SignedProof> parse(String text) {
        try {
            JWSObject jws = JWSObject.parse(text);
            JWTClaimsSet claims = JWTClaimsSet.parse(jws.getPayload().toString());
            String subject = claims.getSubject();
            if (subject == null || jws.getHeader().getCriticalParams() != null) {
                return Optional.empty();
            }
            List<X509Certificate> chain = chain(jws.getHeader().getX509CertChain());
            return DeviceAddress.parse(subject).map(device -> new SignedProof(jws, claims, device, chain));
        } catch (ParseException | CertificateException | IllegalArgumentException | IllegalStateException e) {
            return Optional.empty();
        }
    }

    /** Whom it says it is from. */
    public DeviceAddress device() {
        return device;
    }

    /** Whether it is from the device that a request is about, as far as that one says which it is. */
    public boolean isOf(RegisterRequest request) {
        return device.tenant().equals(request.tenant())
                && (request.deviceId() == null || request.deviceId().equals(device.device()));
    }

    /** The certificates that it brings along, the device's own first. */
    public List<X509Certificate> chain() {
        return chain;
    }

    /** Which of the keys it says it is signed with; absent if it does not say. */
    public @Nullable String keyId() {
        return jws.getHeader().getKeyID();
    }

    /** What is wrong with it, in words for the tenant, when it is to be signed with a key; empty if nothing is. */
    public Optional<String> flaw(PublicKey key, Instant now) {
        if (!isSignedWith(key)) {
            return Optional.of("The signature is not that of the device's key.");
        }
        if (!claims.getAudience().equals(List.of(AUDIENCE))) {
            return Optional.of("What the device has signed is not for the audience " + AUDIENCE + ".");
        }
        if (claims.getExpirationTime() == null) {
            return Optional.of("What the device has signed does not say when it expires.");
        }
        Instant expiry = claims.getExpirationTime().toInstant();
        if (!now.isBefore(expiry.plus(SKEW))) {
            return Optional.of("What the device has signed has expired.");
        }
        return expiry.isAfter(now.plus(LONGEST_LIFE).plus(SKEW))
                ? Optional.of("What the device has signed is good for more than an hour.")
                : Optional.empty();
    }

    private boolean isSignedWith(PublicKey key) {
        try {
            Optional<String> algorithm =
                    algorithm(key, jws.getHeader().getAlgorithm().getName());
            if (algorithm.isEmpty()) {
                return false;
            }
            Signature signature = Signature.getInstance(algorithm.get());
            signature.initVerify(key);
            signature.update(jws.getSigningInput());
            return signature.verify(jws.getSignature().decode());
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** The key decides; the header only has to agree (RFC 8725, section 3.1). */
    private static Optional<String> algorithm(PublicKey key, String name) {
        return switch (key) {
            case ECPublicKey ec
            when ec.getParams().getOrder().bitLength() == 256 && name.equals("ES256") ->
                Optional.of("SHA256withECDSAinP1363Format");
            case ECPublicKey ec
            when ec.getParams().getOrder().bitLength() == 384 && name.equals("ES384") ->
                Optional.of("SHA384withECDSAinP1363Format");
            case EdECPublicKey _ when name.equals("EdDSA") || name.equals("Ed25519") -> Optional.of("Ed25519");
            case RSAPublicKey _ when name.equals("RS256") -> Optional.of("SHA256withRSA");
            default -> Optional.empty();
        };
    }

    private static List<X509Certificate> chain(@Nullable List<Base64> encoded) throws CertificateException {
        if (encoded == null) {
            return List.of();
        }
        if (encoded.size() > X509Certificates.MOST) {
            throw new CertificateException("Too many certificates");
        }
        List<X509Certificate> chain = new ArrayList<>();
        for (Base64 each : encoded) {
            chain.add(X509Certificates.ofDer(each.decode()));
        }
        return List.copyOf(chain);
    }
}
