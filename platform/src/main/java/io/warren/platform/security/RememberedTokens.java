package io.warren.platform.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;

/**
 * Remembers the tokens that were found good: the gateway uses one for many requests, and checking its signature costs more than
 * most of them. How long a token is good for is looked at each time.
 */
final class RememberedTokens implements JwtDecoder {

    private static final int MOST = 1_000;

    private final JwtDecoder decoder;
    private final OAuth2TokenValidator<Jwt> lifetime;
    private final Cache<String, Jwt> good = Caffeine.newBuilder()
            .maximumSize(MOST)
            .expireAfterWrite(InternalToken.LIFETIME)
            .build();

    /**
     * Remembers what another decoder says.
     *
     * @param lifetime whether a token is good at this time, as the decoder judges it as well
     */
    RememberedTokens(JwtDecoder decoder, OAuth2TokenValidator<Jwt> lifetime) {
        this.decoder = decoder;
        this.lifetime = lifetime;
    }

    @Override
    public Jwt decode(String token) {
        Jwt known = good.getIfPresent(token);
        if (known != null && !lifetime.validate(known).hasErrors()) {
            return known;
        }
        Jwt decoded = decoder.decode(token);
        good.put(token, decoded);
        return decoded;
    }
}
