package io.warren.contracts.provisioning;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * The registry asks provisioning for a certificate of a device that it vouches for; answered with a {@link CertificateAnswer}. The same
 * question again has the same answer, for as long as the certificate is fresh.
 *
 * @param tenant the tenant that owns the device
 * @param device the device's id in that tenant
 * @param csr a certification request (PKCS#10) in PEM or base64
 * @param full true if the device may have no other certificate: it is told of one that it was given for the same key, or of none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CertificateQuestion(
        String tenant, String device, String csr, @Nullable Boolean full) {

    /** AMQP type of the question. */
    public static final String TYPE = "certificate.question.v1";
}
