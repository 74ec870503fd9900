package io.warren.platform.security;

import jakarta.validation.constraints.NotNull;
import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * How a service checks callers.
 *
 * @param jwksUri where the gateway publishes the public keys of its tokens (JWK Set, RFC 7517)
 */
@Validated
@ConfigurationProperties("warren.security")
record SecurityProperties(@NotNull URI jwksUri) {}
