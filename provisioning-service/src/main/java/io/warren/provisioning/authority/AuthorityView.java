package io.warren.provisioning.authority;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.warren.provisioning.x509.X509Certificates;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * An authority as integrators see it.
 *
 * @param certificate its own certificate in PEM
 * @param subject its name (RFC 2253)
 * @param issuer who has issued its certificate (RFC 2253)
 * @param sha256 of its certificate, in hexadecimal
 * @param notBefore from when on its certificate is valid
 * @param notAfter until when its certificate is valid
 * @param validFrom from when on it is trusted
 * @param validUntil until when it is trusted
 * @param verifiedAt since when its key is known to be in the tenant's hands
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record AuthorityView(
        String id,
        Status status,
        String certificate,
        String subject,
        String issuer,
        String sha256,
        Instant notBefore,
        Instant notAfter,
        Instant validFrom,
        Instant validUntil,
        AuthorityRules rules,
        Instant createdAt,
        @Nullable Instant verifiedAt,
        long version) {

    /** When an authority is trusted. */
    record Window(Instant from, Instant until) {}

    static AuthorityView of(
            String id,
            Status status,
            X509Certificate certificate,
            AuthorityRules rules,
            Window window,
            Instant createdAt,
            @Nullable Instant verifiedAt,
            long version) {
        return new AuthorityView(
                id,
                status,
                X509Certificates.pem(certificate),
                certificate.getSubjectX500Principal().getName(),
                certificate.getIssuerX500Principal().getName(),
                HexFormat.of().formatHex(X509Certificates.sha256(certificate)),
                certificate.getNotBefore().toInstant(),
                certificate.getNotAfter().toInstant(),
                window.from(),
                window.until(),
                rules,
                createdAt,
                verifiedAt,
                version);
    }

    /** Where an authority is in its life. */
    enum Status {
        /** Nobody has shown yet that its key is in the tenant's hands: what it has issued is refused. */
        @JsonProperty("unverified")
        UNVERIFIED,
        /** What it has issued is believed. */
        @JsonProperty("verified")
        VERIFIED,
        /** It is not trusted any more. */
        @JsonProperty("expired")
        EXPIRED
    }
}
