package io.warren.platform.clientcertificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.warren.testing.tls.TestAuthority;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientCertFieldsTest {

    private static final TestAuthority AUTHORITY = TestAuthority.generate();
    private static final X509Certificate PUMP = certificate("CN=pump");
    private static final X509Certificate MIDDLE = certificate("CN=middle");
    private static final X509Certificate TOP = certificate("CN=top");

    @Test
    void whatIsWrittenIsReadBackInItsOrder() {
        assertThat(ClientCertFields.read(
                        List.of(ClientCertFields.item(PUMP)), List.of(ClientCertFields.list(List.of(MIDDLE, TOP)))))
                .containsExactly(PUMP, MIDDLE, TOP);
        assertThat(ClientCertFields.read(List.of(), List.of())).isEmpty();
    }

    @Test
    void aListMayComeInSeveralLines() {
        assertThat(ClientCertFields.read(
                        List.of("  " + ClientCertFields.item(PUMP)),
                        List.of(ClientCertFields.item(MIDDLE), ClientCertFields.item(TOP))))
                .containsExactly(PUMP, MIDDLE, TOP);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":", "::", ":!:", "?1", "\"text\"", ":AAAA:", "AAAA", ":AAAA", ":AAAA:;a=1"})
    void anythingElseIsRefused(String value) {
        assertThatIllegalArgumentException().isThrownBy(() -> ClientCertFields.read(List.of(value), List.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClientCertFields.read(List.of(ClientCertFields.item(PUMP)), List.of(value)));
    }

    @Test
    void twoOwnCertificatesAreRefusedAndAChainWithoutOne() {
        String pump = ClientCertFields.item(PUMP);
        assertThatIllegalArgumentException().isThrownBy(() -> ClientCertFields.read(List.of(pump, pump), List.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClientCertFields.read(List.of(pump + ", " + pump), List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> ClientCertFields.read(List.of(), List.of(pump)));
    }

    @Test
    void whatIsBehindACertificateIsRefusedAndSoIsPem() throws CertificateException {
        byte[] encoded = PUMP.getEncoded();
        byte[] longer = Arrays.copyOf(encoded, encoded.length + 1);
        String pem = "-----BEGIN CERTIFICATE-----\n" + Base64.getMimeEncoder().encodeToString(encoded)
                + "\n-----END CERTIFICATE-----\n";
        for (byte[] content : List.of(longer, pem.getBytes(StandardCharsets.US_ASCII))) {
            String item = ":" + Base64.getEncoder().encodeToString(content) + ":";
            assertThatIllegalArgumentException().isThrownBy(() -> ClientCertFields.read(List.of(item), List.of()));
        }
    }

    @Test
    void moreAndLargerThanTheBoundsIsRefused() {
        String tooLong = ":" + Base64.getEncoder().encodeToString(new byte[ClientCertFields.MOST_BYTES + 1]) + ":";
        assertThatIllegalArgumentException().isThrownBy(() -> ClientCertFields.read(List.of(tooLong), List.of()));
        String chain = ClientCertFields.list(Collections.nCopies(ClientCertFields.MOST_CERTIFICATES, TOP));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClientCertFields.read(List.of(ClientCertFields.item(PUMP)), List.of(chain)));
    }

    private static X509Certificate certificate(String subject) {
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(
                            new ByteArrayInputStream(AUTHORITY.issue(subject).getBytes(StandardCharsets.US_ASCII)));
        } catch (CertificateException e) {
            throw new IllegalStateException(e);
        }
    }
}
