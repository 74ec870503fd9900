package io.warren.contracts.registry;

/**
 * Asks the registry to admit the next certificate of a device that has proved to have the key of one that is admitted, sent to
 * {@link RegistrationRequest#EXCHANGE} under {@link #KEY} and answered with a {@link RegistrationReply}. Asking again changes nothing.
 *
 * @param tenant the device's tenant
 * @param device the device's id
 * @param currentSha256 SHA-256 of the certificate (DER) that it has shown, lower-case hexadecimal
 * @param next what is to be known of the next one
 */
public record CertificateRenewal(
        String tenant, String device, String currentSha256, RegistrationRequest.Certificate next) {

    /** Routing key, and queue. */
    public static final String KEY = "registry.renewals";

    /** AMQP type of the request. */
    public static final String TYPE = "certificate.renewal.v1";
}
