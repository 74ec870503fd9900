package io.warren.provisioning.authority;

import io.warren.platform.web.CleanText;
import io.warren.platform.web.FourDigitYear;
import io.warren.provisioning.x509.X509Certificates;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Describes an authority.
 *
 * @param certificate its own certificate in PEM; it stays the same for the authority's life
 * @param rules what is taken out of the certificates that it issues
 * @param validFrom from when on it is trusted; left out, as long as its certificate is valid
 * @param validUntil until when it is trusted; left out, as long as its certificate is valid
 */
record AuthorityRequest(
        @NotNull @CleanText @Size(max = X509Certificates.LONGEST)
        String certificate,

        @Nullable @Valid AuthorityRules rules,
        @Nullable @FourDigitYear Instant validFrom,
        @Nullable @FourDigitYear Instant validUntil) {

    AuthorityRequest(
            String certificate,
            @Nullable AuthorityRules rules,
            @Nullable Instant validFrom,
            @Nullable Instant validUntil) {
        this.certificate = certificate;
        this.rules = rules;
        // as fine as the database keeps it, so that what is shown is what is stored
        this.validFrom = validFrom == null ? null : validFrom.truncatedTo(ChronoUnit.MICROS);
        this.validUntil = validUntil == null ? null : validUntil.truncatedTo(ChronoUnit.MICROS);
    }
}
