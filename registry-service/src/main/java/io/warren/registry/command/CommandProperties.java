package io.warren.registry.command;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How commands end.
 *
 * @param patience for how long after its time a command that the device has accepted may go on; then it has expired, too
 */
@Validated
@ConfigurationProperties("warren.commands")
record CommandProperties(
        @DefaultValue("24h") @DurationMin(minutes = 1) Duration patience) {}
