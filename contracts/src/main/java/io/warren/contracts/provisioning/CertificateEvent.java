package io.warren.contracts.provisioning;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A device's certificate was issued, revoked, or comes to its end without having been renewed: {@code certificate.issued.v1},
 * {@code certificate.revoked.v1} and {@code certificate.expiring.v1} on {@code provisioning.events}; each once for a certificate,
 * so they have no version; of one that is revoked again by hand it is told again.
 *
 * @param tenant the tenant that owns the device
 * @param device the device's id in that tenant
 * @param serial the certificate's number, lower-case hexadecimal without leading zeros
 * @param sha256 SHA-256 of its encoding (DER), lower-case hexadecimal
 * @param issuer the authority that issued it, as in the address of that one's revocation list
 * @param expiresAt when it ends
 * @param renewAfter when the device is to ask for the next one
 * @param reason why it was revoked, as in RFC 5280 but in kebab case; absent when it was not
 * @param at when it was issued, revoked or found to be ending
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CertificateEvent(
        String tenant,
        String device,
        String serial,
        String sha256,
        String issuer,
        Instant expiresAt,
        Instant renewAfter,
        @Nullable String reason,
        Instant at) {

    /** Routing key and AMQP type of the event for a new certificate. */
    public static final String ISSUED = "certificate.issued.v1";

    /** Routing key and AMQP type of the event for a certificate that is not good any more. */
    public static final String REVOKED = "certificate.revoked.v1";

    /** Routing key and AMQP type of the event for a certificate that ends soon and was not renewed. */
    public static final String EXPIRING = "certificate.expiring.v1";
}
