package io.warren.gateway.device;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How devices sign in over HTTPS.
 *
 * @param registry where the registry, which judges them, is inside the platform, {@code http://host:port}
 * @param timeout how long it may take to answer
 * @param mostQuestions how many questions may be under way at once; one more is a 503
 * @param cacheTtl how long a device that was let in is not asked about again, at most 30 s: so long after its secret was deleted, or it
 *     was disabled, its requests may still go through
 * @param cacheSize for how many devices at once
 * @param refusalDelay how long the answer to a device that is turned away is held back
 */
@Validated
@ConfigurationProperties("warren.device-sign-in")
record DeviceSignInProperties(
        @NotNull URI registry,

        @DefaultValue("2s") @DurationMin(millis = 1) @DurationMax(seconds = 30)
        Duration timeout,

        @DefaultValue("50") @Min(1) @Max(1_000) int mostQuestions,

        @DefaultValue("5s") @DurationMin(millis = 0) @DurationMax(seconds = 30)
        Duration cacheTtl,

        @DefaultValue("50000") @Min(1) @Max(1_000_000) int cacheSize,

        @DefaultValue("500ms") @DurationMin(millis = 0) @DurationMax(seconds = 10)
        Duration refusalDelay) {}
