package io.warren.contracts.provisioning;

/**
 * The registry asks provisioning for a certificate of a device that it vouches for; answered with a {@link CertificateAnswer}. The same
 * question again has the same answer, for as long as the certificate is fresh.
 *
 * @param tenant the tenant that owns the device
 * @param device the device's id in that tenant
 * @param csr a certification request (PKCS#10) in PEM or base64
 */
public record CertificateQuestion(String tenant, String device, String csr) {

    /** AMQP type of the question. */
    public static final String TYPE = "certificate.question.v1";
}
