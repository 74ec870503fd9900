package io.warren.gateway.peer;

import jakarta.validation.constraints.NotNull;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Who is believed what they say of the callers that they stand in front of.
 *
 * @param trustedProxies addresses and networks of proxies that end TLS in front, for example {@code 10.0.0.7, 192.0.2.0/24}: their
 *     {@code Client-Cert} (RFC 9440) is the caller's certificate, and where the caller is they say as well. They have to remove both
 *     from what callers send. None by default
 * @param addressField in which field they say where the caller is: {@code x-forwarded-for}, to which most proxies add it, or
 *     {@code forwarded} (RFC 7239)
 */
@Validated
@ConfigurationProperties("warren.client-certificates")
record ClientCertificateProperties(
        @DefaultValue List<String> trustedProxies,
        @DefaultValue("x-forwarded-for") @NotNull AddressField addressField) {

    /** Where a proxy says who called it. */
    enum AddressField {
        /** The field that most proxies add to. */
        X_FORWARDED_FOR,
        /** The field of RFC 7239. */
        FORWARDED
    }
}
