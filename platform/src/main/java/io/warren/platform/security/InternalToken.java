package io.warren.platform.security;

import java.time.Duration;
import java.util.Optional;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.Jwt;

/** The form of the token that the gateway mints for each request and every service checks: a JWT (RFC 7519), ES256. */
public final class InternalToken {

    /** The {@code iss} claim. */
    public static final String ISSUER = "warren-gateway";

    /** The {@code aud} claim. */
    public static final String AUDIENCE = "warren";

    /** The claim with the tenant's name; absent when the call is about none. */
    public static final String TENANT = "tenant";

    /** The claim with the caller's role, as {@link Role#wireName()}. */
    public static final String ROLE = "role";

    /** How long a token is good for: long enough for the request it was made for. */
    public static final Duration LIFETIME = Duration.ofSeconds(60);

    private InternalToken() {}

    static Role role(Jwt jwt) {
        return readRole(jwt).orElseThrow(() -> new IllegalStateException("A validated token names a role"));
    }

    static OAuth2TokenValidatorResult validateRole(Jwt jwt) {
        return result(readRole(jwt).isPresent(), "The token names no known role");
    }

    static OAuth2TokenValidatorResult validateAudience(Jwt jwt) {
        return result(
                jwt.getAudience() != null && jwt.getAudience().contains(AUDIENCE),
                "The token is not for this platform");
    }

    private static Optional<Role> readRole(Jwt jwt) {
        String name = jwt.getClaimAsString(ROLE);
        return name == null ? Optional.empty() : Role.fromWireName(name);
    }

    private static OAuth2TokenValidatorResult result(boolean valid, String otherwise) {
        return valid
                ? OAuth2TokenValidatorResult.success()
                : OAuth2TokenValidatorResult.failure(new OAuth2Error("invalid_token", otherwise, null));
    }
}
