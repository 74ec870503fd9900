package io.warren.gateway.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.warren.contracts.device.TenantId;
import io.warren.platform.security.InternalToken;
import io.warren.platform.security.Role;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Mints the tokens with which requests go on to the services. */
@Component
public class InternalTokens {

    private static final int MOST_CALLERS = 10_000;

    private final SigningKey signingKey;
    private final Clock clock;
    private final Cache<Claims, String> recent;

    InternalTokens(SigningKey signingKey, TokenProperties properties, Clock clock) {
        this.signingKey = signingKey;
        this.clock = clock;
        this.recent = Caffeine.newBuilder()
                .maximumSize(MOST_CALLERS)
                .expireAfterWrite(properties.reuse())
                .build();
    }

    /**
     * A token that is good for at least half of {@link InternalToken#LIFETIME}.
     *
     * @param subject who is calling: the id of the API key
     * @param tenant the tenant that the call is about, if it is about one
     * @param role what the caller may do
     */
    public String mint(String subject, @Nullable TenantId tenant, Role role) {
        return recent.get(new Claims(subject, tenant, role), this::sign);
    }

    private String sign(Claims claims) {
        ECKey key = signingKey.current();
        Instant now = clock.instant();
        JWTClaimsSet.Builder set = new JWTClaimsSet.Builder()
                .issuer(InternalToken.ISSUER)
                .audience(InternalToken.AUDIENCE)
                .subject(claims.subject())
                .claim(InternalToken.ROLE, claims.role().wireName())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(InternalToken.LIFETIME)));
        if (claims.tenant() != null) {
            set.claim(InternalToken.TENANT, claims.tenant().value());
        }
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build(), set.build());
        try {
            token.sign(new ECDSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException("A token cannot be signed", e);
        }
        return token.serialize();
    }

    private record Claims(String subject, @Nullable TenantId tenant, Role role) {}
}
