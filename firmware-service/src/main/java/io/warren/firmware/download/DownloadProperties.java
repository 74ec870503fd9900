package io.warren.firmware.download;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How downloads are addressed.
 *
 * @param urlSigningKey base64 of at least 32 random bytes that sign addresses, a secret file; all replicas share it, and changing it ends all addresses given out
 * @param publicUrl the gateway as devices see it
 * @param addressLifetime how long the address of a download is good for; a device gets a fresh one by asking what is due
 */
@Validated
@ConfigurationProperties("warren.firmware")
record DownloadProperties(
        @NotBlank String urlSigningKey,
        @NotNull URI publicUrl,
        @DefaultValue("24h") @DurationMin(minutes = 1) Duration addressLifetime) {

    /** Keeps the key out of logs. */
    @Override
    public String toString() {
        return "DownloadProperties[publicUrl=" + publicUrl + ", addressLifetime=" + addressLifetime + "]";
    }
}
