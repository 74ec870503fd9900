package io.warren.provisioning.certificate;

import io.warren.contracts.device.DeviceAddress;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Arrays;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Whose certificates are, that were issued here. */
@Component
public class CertificateHolders {

    private final CertificateRepository certificates;
    private final Clock clock;

    CertificateHolders(CertificateRepository certificates, Clock clock) {
        this.certificates = certificates;
        this.clock = clock;
    }

    /** The device to which a certificate was issued; empty if exactly this one never was, or it is over or revoked. */
    @Transactional(readOnly = true)
    public Optional<DeviceAddress> find(X509Certificate certificate) {
        return certificates
                .findById(certificate.getSerialNumber().toString(16))
                .filter(issued ->
                        issued.isGood(clock.instant()) && Arrays.equals(issued.encoded(), encoding(certificate)))
                .map(Certificate::device);
    }

    private static byte[] encoding(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }
}
