package io.warren.registry.presence;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How presence is kept.
 *
 * @param reconcileEvery how often what is on record is compared with the broker's own list of connections
 * @param history for how long connections that have ended are kept
 */
@Validated
@ConfigurationProperties("warren.presence")
record PresenceProperties(
        @DefaultValue("60s") @DurationMin(seconds = 1) Duration reconcileEvery,
        @DefaultValue("30d") @DurationMin(days = 1) Duration history) {}
