package io.warren.provisioning.bootstrapmqtt;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How devices bootstrap over MQTT.
 *
 * @param requests how many requests a replica works on at once; the others wait in the broker
 * @param signIns how many sign-ins a replica judges at once
 * @param session how long after its sign-in a device is still answered; then it has to connect again
 */
@Validated
@ConfigurationProperties("warren.bootstrap-mqtt")
record BootstrapMqttProperties(
        @DefaultValue("32") @Min(1) @Max(500) int requests,
        @DefaultValue("16") @Min(1) @Max(500) int signIns,

        @DefaultValue("1d") @DurationMin(minutes = 1) @DurationMax(days = 30)
        Duration session) {}
