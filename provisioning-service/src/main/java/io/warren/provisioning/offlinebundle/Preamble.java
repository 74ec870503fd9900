package io.warren.provisioning.offlinebundle;

import io.warren.contracts.device.TenantId;
import io.warren.platform.web.FourDigitYear;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;

/**
 * What a bundle says of itself, before its rows.
 *
 * @param format how it is written; {@link #FORMAT} is the only one so far
 * @param tenant the tenant whose it was
 * @param madeAt when it was made
 * @param roots what devices trust where it was made, in PEM
 * @param issuers the authorities that give certificates to devices there, in PEM, without their keys
 */
record Preamble(
        int format,
        @NotNull TenantId tenant,
        @NotNull @FourDigitYear Instant madeAt,
        @NotNull String roots,
        @NotNull String issuers) {

    /** The way in which bundles are written. */
    static final int FORMAT = 1;
}
