package io.warren.provisioning.bruteforce;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How devices are turned away.
 *
 * @param refusalDelay how long the answer to a device that is turned away is held back
 */
@Validated
@ConfigurationProperties("warren.provisioning")
record RefusalProperties(
        @DefaultValue("500ms") @DurationMin(millis = 0) @DurationMax(seconds = 10)
        Duration refusalDelay) {}
