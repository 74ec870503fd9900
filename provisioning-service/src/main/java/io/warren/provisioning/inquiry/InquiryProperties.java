package io.warren.provisioning.inquiry;

import io.warren.platform.webhook.Network;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How hooks of enrolments are asked.
 *
 * @param allowedNetworks networks that hooks may be in although they are not public, such as {@code 10.20.0.0/16}, with commas
 *     between them; a tenant's integrator can have the service connect to any address in them
 * @param caFile PEM bundle of authorities that the certificates of hooks may come from; left out, those that Java knows
 * @param patience how long a device's own request waits for the answer of a hook before the device is told to come again
 * @param deadline how long a hook may take to decide, with all repetitions, before the registration is refused
 * @param askAgainAfter how long a refusal is good; a device that comes later is asked about again
 */
@Validated
@ConfigurationProperties("warren.hook")
record InquiryProperties(
        @DefaultValue List<Network> allowedNetworks,
        @Nullable Path caFile,

        @DefaultValue("2s") @DurationMin(millis = 0) @DurationMax(seconds = 5)
        Duration patience,

        @DefaultValue("1h") @DurationMin(seconds = 1) @DurationMax(days = 30)
        Duration deadline,

        @DefaultValue("1h") @DurationMin(seconds = 1) @DurationMax(days = 30)
        Duration askAgainAfter) {}
