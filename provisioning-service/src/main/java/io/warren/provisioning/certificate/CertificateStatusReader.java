package io.warren.provisioning.certificate;

import java.util.Locale;
import org.springframework.core.convert.converter.Converter;
import org.springframework.stereotype.Component;

/** Reads a status as it is written in addresses, and nothing else. */
@Component
class CertificateStatusReader implements Converter<String, CertificateView.Status> {

    @Override
    public CertificateView.Status convert(String text) {
        for (CertificateView.Status status : CertificateView.Status.values()) {
            if (status.name().toLowerCase(Locale.ROOT).equals(text)) {
                return status;
            }
        }
        throw new IllegalArgumentException("There is no such status");
    }
}
