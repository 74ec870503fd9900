package io.warren.gateway.token;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * How internal tokens are made.
 *
 * @param reuse how long a token serves further requests of the same caller, at most 30 s; a signature costs more than all the
 *     rest of a small request, and a token is good for 60 s
 * @param keyLifetime how long a key signs before it is replaced, at least 10 minutes; its public half is published for three
 *     times as long, which is how long the database may be away before the services refuse requests
 */
@Validated
@ConfigurationProperties("warren.token")
record TokenProperties(
        @NotNull @DurationMin(seconds = 0) @DurationMax(seconds = 30)
        Duration reuse,

        @NotNull @DurationMin(minutes = 10) Duration keyLifetime) {}
