package io.warren.provisioning.x509;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.warren.testing.tls.TestIdentity;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class X509CertificatesTest {

    private static final TestIdentity SOME = TestIdentity.authority("CN=Some");

    @Test
    void aChainKeepsItsOrder() throws CertificateException {
        TestIdentity other = SOME.issue("CN=Other").make();
        assertThat(X509Certificates.ofPem(TestIdentity.pem(other.certificate(), SOME.certificate())))
                .containsExactly(other.certificate(), SOME.certificate());
    }

    @Test
    void whatIsWrittenIsRead() throws CertificateException {
        assertThat(X509Certificates.ofPem(X509Certificates.pem(SOME.certificate())))
                .containsExactly(SOME.certificate());
        assertThat(X509Certificates.ofDer(X509Certificates.der(SOME.certificate())))
                .isEqualTo(SOME.certificate());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "pump",
                "-----BEGIN CERTIFICATE-----",
                "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----",
                "-----BEGIN CERTIFICATE-----\nMIIB!!!!\n-----END CERTIFICATE-----",
                "-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----",
                "-----BEGIN PRIVATE KEY-----\nMAA=\n-----END PRIVATE KEY-----",
                "-----BEGIN CERTIFICATE-----\n\uD83D\uDE00\u0000\n-----END CERTIFICATE-----"
            })
    void whatIsNoCertificateIsRefused(String text) {
        assertThatExceptionOfType(CertificateException.class).isThrownBy(() -> X509Certificates.ofPem(text));
    }

    @Test
    void aCertificateThatIsCutShortIsRefused() {
        byte[] whole = X509Certificates.der(SOME.certificate());
        assertThatExceptionOfType(CertificateException.class)
                .isThrownBy(() -> X509Certificates.ofDer(Arrays.copyOf(whole, whole.length - 1)));
    }

    @Test
    void moreThanAFewAreRefused() {
        String many = TestIdentity.pem(Collections.nCopies(X509Certificates.MOST + 1, SOME.certificate())
                .toArray(X509Certificate[]::new));
        assertThatExceptionOfType(CertificateException.class).isThrownBy(() -> X509Certificates.ofPem(many));
    }
}
