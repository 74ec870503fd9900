package io.warren.registry.bootstrap;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How provisioning is asked about devices that bootstrap over MQTT.
 *
 * @param timeout how long it may take to answer; then the device is turned away, and the broker waits for this service 5 s at the most
 * @param mostQuestions how many questions may be under way at once; one more device is turned away
 */
@Validated
@ConfigurationProperties("warren.bootstrap-sign-in")
record BootstrapSignInProperties(
        @DefaultValue("2s") @DurationMin(millis = 1) @DurationMax(seconds = 4)
        Duration timeout,

        @DefaultValue("100") @Min(1) @Max(1_000) int mostQuestions) {}
