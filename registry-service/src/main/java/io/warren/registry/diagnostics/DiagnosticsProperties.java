package io.warren.registry.diagnostics;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How bundles of diagnostics are taken in and kept.
 *
 * @param urlSigningKey base64 of at least 32 random bytes that sign the addresses of uploads, a secret file; all replicas share it,
 *     and changing it ends all addresses given out
 * @param publicUrl the gateway as devices see it
 * @param quota how much is kept of all devices of a tenant; what is under way counts with its limit
 * @param history for how long after it was asked for a bundle is kept
 * @param uploadWithin how long an upload may take, however slowly it goes on
 * @param uploads how many uploads are taken in at once by a replica; each holds a connection of the gateway's
 * @param uploadsOfTenant how many of them may be of one tenant
 */
@Validated
@ConfigurationProperties("warren.diagnostics")
record DiagnosticsProperties(
        @NotBlank String urlSigningKey,
        @NotNull URI publicUrl,
        @DefaultValue("2GB") @NotNull DataSize quota,
        @DefaultValue("30d") @DurationMin(days = 1) Duration history,

        @DefaultValue("30m") @DurationMin(seconds = 1) @DurationMax(hours = 24)
        Duration uploadWithin,

        @DefaultValue("40") @Min(1) @Max(1_000) int uploads,
        @DefaultValue("10") @Min(1) @Max(1_000) int uploadsOfTenant) {

    /** Keeps the key out of logs. */
    @Override
    public String toString() {
        return "DiagnosticsProperties[publicUrl=" + publicUrl + ", quota=" + quota + ", …]";
    }
}
