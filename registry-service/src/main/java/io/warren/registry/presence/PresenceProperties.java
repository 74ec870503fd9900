package io.warren.registry.presence;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How presence is kept.
 *
 * @param reconcileEvery how often what is on record is compared with the broker's own list of connections
 * @param history for how long connections that have ended are kept
 */
@ConfigurationProperties("warren.presence")
record PresenceProperties(
        @DefaultValue("60s") Duration reconcileEvery,
        @DefaultValue("30d") Duration history) {}
