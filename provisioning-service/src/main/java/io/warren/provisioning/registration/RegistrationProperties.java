package io.warren.provisioning.registration;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How account is kept of devices that bootstrap.
 *
 * @param repeatWindow how long after its first answer a device that asks again is one that lost the answer, and gets the same; after
 *     that it is provisioned anew, as its enrolment says
 * @param refusalRetention how long refused attempts are kept
 */
@Validated
@ConfigurationProperties("warren.provisioning")
record RegistrationProperties(
        @DefaultValue("1h") @DurationMin(seconds = 1) @DurationMax(days = 30)
        Duration repeatWindow,

        @DefaultValue("90d") @DurationMin(hours = 1) Duration refusalRetention) {}
