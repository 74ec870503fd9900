package io.warren.testing.backing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.jspecify.annotations.Nullable;

/**
 * Mints internal tokens as the gateway does and publishes the key set that checks them. An application context has one of its
 * own; a test injects it.
 */
public final class TestTokens implements AutoCloseable {

    private final ECKey key;
    private final HttpServer server;

    /** Makes a key and serves its public half on a free port. */
    public TestTokens() {
        try {
            key = new ECKeyGenerator(Curve.P_256).keyID("test").generate();
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        byte[] keys = new JWKSet(key.toPublicJWK()).toString().getBytes(StandardCharsets.UTF_8);
        server.createContext("/internal/jwks.json", exchange -> {
            try (exchange) {
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                exchange.sendResponseHeaders(200, keys.length);
                exchange.getResponseBody().write(keys);
            }
        });
        server.start();
    }

    /** The value of an {@code Authorization} header for a caller of a tenant with a role such as {@code viewer}. */
    public String bearer(@Nullable String tenant, String role) {
        return "Bearer " + token(tenant, role, "warren", Instant.now().plus(Duration.ofMinutes(1)));
    }

    /** The value of an {@code Authorization} header for a device of a tenant. */
    public String ofDevice(String device, String tenant) {
        return "Bearer "
                + sign(
                        device + "@" + tenant,
                        tenant,
                        "device",
                        "warren",
                        Instant.now().plus(Duration.ofMinutes(1)));
    }

    /** A token with every claim of the test's choosing, for attacks. */
    public String token(@Nullable String tenant, String role, String audience, Instant expiresAt) {
        return sign("test-key", tenant, role, audience, expiresAt);
    }

    private String sign(String subject, @Nullable String tenant, String role, String audience, Instant expiresAt) {
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .issuer("warren-gateway")
                .audience(audience)
                .subject(subject)
                .claim("role", role)
                .issueTime(Date.from(Instant.now()))
                .expirationTime(Date.from(expiresAt));
        if (tenant != null) {
            claims.claim("tenant", tenant);
        }
        SignedJWT jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build(), claims.build());
        try {
            jwt.sign(new ECDSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        return jwt.serialize();
    }

    String jwksUri() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/internal/jwks.json";
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
