package io.warren.provisioning.bootstrap;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How devices are let in and what they are told.
 *
 * @param derivationKey base64 of at least 32 random bytes, from which the secrets of devices are derived, a secret file; all replicas share
 *     it, and changing it makes a repeated registration answer with another secret
 * @param tokenSealingKey base64 of the 32 random bytes that the keys of devices' tokens are sealed with on their way to the registry, a
 *     secret file; the same as the registry's
 * @param mqttHost the name of the broker as devices see it
 * @param mqttsPort the broker's port for MQTT over TLS
 * @param wssPort the broker's port for MQTT over secure WebSocket
 * @param keepAlive the MQTT keep-alive that devices are told to use, in whole seconds
 * @param registryTimeout how long the registry may take to answer
 * @param pendingRetry after how long a device about which somebody has to decide is to come again; each is told a time of its own, half of
 *     it more or less
 * @param awayRetry after how long a device is to come again when the registry does not answer, at the soonest; each is told a time of its
 *     own
 */
@Validated
@ConfigurationProperties("warren.provisioning")
record BootstrapProperties(
        @NotBlank String derivationKey,
        @NotBlank String tokenSealingKey,
        @NotBlank String mqttHost,
        @Min(1) @Max(65_535) int mqttsPort,
        @Min(1) @Max(65_535) int wssPort,

        @DefaultValue("60s") @DurationMin(seconds = 5) @DurationMax(seconds = 65_535)
        Duration keepAlive,

        @DefaultValue("5s") @DurationMin(millis = 1) @DurationMax(minutes = 1)
        Duration registryTimeout,

        @DefaultValue("60s") @DurationMin(seconds = 2) @DurationMax(days = 1)
        Duration pendingRetry,

        @DefaultValue("5s") @DurationMin(seconds = 2) @DurationMax(hours = 1)
        Duration awayRetry) {

    /** Keeps the keys out of logs. */
    @Override
    public String toString() {
        return "BootstrapProperties[mqttHost=" + mqttHost + ", mqttsPort=" + mqttsPort + ", wssPort=" + wssPort + "]";
    }
}
