package io.warren.provisioning.issuing;

import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The issuing authority and the certificates that it gives to devices.
 *
 * @param directory where the authorities are: for each a file {@code NAME.pem} with its certificate, those of authorities between it and
 *     the root behind it, and a file {@code NAME.key} with its key, encrypted (PKCS#8). Looked at each minute; without any, no
 *     certificate is issued
 * @param passphrases what the keys are encrypted under, one a line, a secret file; all are tried, so that there can be an old one beside
 *     the new
 * @param lifetime how long a certificate is good; never longer than the authority's own
 * @param crlDirectory where the revocation lists are written as files for the broker, which looks there at each handshake; left out, nowhere
 * @param caFile PEM bundle of the roots that devices, the broker and the gateway trust
 * @param publicUrl the beginning of the gateway's address: certificates say that revocation lists and OCSP are there
 */
@Validated
@ConfigurationProperties("warren.issuing")
public record IssuingProperties(
        @NotNull Path directory,
        @DefaultValue("") String passphrases,

        @DefaultValue("90d") @DurationMin(hours = 1) @DurationMax(days = 3_660)
        Duration lifetime,

        @Nullable Path crlDirectory,
        @NotNull Path caFile,
        @NotNull URI publicUrl) {

    /** Keeps the passphrases out of logs. */
    @Override
    public String toString() {
        return "IssuingProperties[directory=" + directory + ", lifetime=" + lifetime + "]";
    }
}
