package io.warren.registry.signin;

import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How devices sign in.
 *
 * @param cacheSize how many devices' logins are kept in memory, at some 500 bytes each
 * @param cacheTime for how long a login is kept in memory; a change is felt at once anyway, this is for when word of it gets lost
 * @param tokenLifetime how far ahead the expiry of a signed token may be
 * @param clockSkew by how much a device's clock may be wrong: a token is taken until this long after its expiry
 */
@Validated
@ConfigurationProperties("warren.sign-in")
record SignInProperties(
        @DefaultValue("50000") @Min(1) int cacheSize,
        @DefaultValue("60s") @DurationMin(seconds = 1) Duration cacheTime,

        @DefaultValue("24h") @DurationMin(minutes = 1) @DurationMax(days = 30)
        Duration tokenLifetime,

        @DefaultValue("5m") @DurationMax(hours = 1) Duration clockSkew) {}
