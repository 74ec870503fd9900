package io.warren.simulator.enrollment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.junit.jupiter.api.Test;

class SigningRequestsTest {

    private final SigningRequests requests = new SigningRequests();

    @Test
    void aRequestIsSignedWithTheKeyThatItIsFor() throws Exception {
        PKCS10CertificationRequest request = read(requests.next("pump-17"));

        assertThat(request.getSubject()).hasToString("CN=pump-17");
        assertThat(request.isSignatureValid(
                        new JcaContentVerifierProviderBuilder().build(request.getSubjectPublicKeyInfo())))
                .isTrue();
    }

    @Test
    void everyRequestIsForAnotherKey() throws Exception {
        assertThat(read(requests.next("pump-17")).getSubjectPublicKeyInfo())
                .isNotEqualTo(read(requests.next("pump-17")).getSubjectPublicKeyInfo());
    }

    private static PKCS10CertificationRequest read(String pem) throws Exception {
        try (PEMParser parser = new PEMParser(new StringReader(pem))) {
            return (PKCS10CertificationRequest) parser.readObject();
        }
    }
}
