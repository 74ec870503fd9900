package io.warren.provisioning.x509;

import static org.assertj.core.api.Assertions.assertThat;

import io.warren.testing.tls.TestIdentity;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientCertificatesTest {

    private static final String SERVER = "1.3.6.1.5.5.7.3.1";
    private static final String ANYTHING = "2.5.29.37.0";

    private final Instant now = Clock.systemUTC().instant();

    @Test
    void aClientsCertificateIsGood() {
        assertThat(flaw(device())).isEmpty();
        assertThat(flaw(device().forUse(KeyUsage.digitalSignature))).isEmpty();
    }

    @Test
    void oneThatDoesNotSayWhatItIsForIsGood() {
        assertThat(flaw(device().forAnything())).isEmpty();
        assertThat(flaw(device().forPurpose(ANYTHING))).isEmpty();
    }

    @Test
    void aServersCertificateIsForSomethingElse() {
        assertThat(flaw(device().forPurpose(SERVER))).contains(Flaw.WRONG_PURPOSE);
    }

    @Test
    void aKeyThatSignsNothingProvesNothing() {
        assertThat(flaw(device().forUse(KeyUsage.keyEncipherment))).contains(Flaw.WRONG_PURPOSE);
    }

    @Test
    void anAuthorityIsNoDevice() {
        assertThat(flaw(device().asAuthority())).contains(Flaw.AUTHORITY);
    }

    @Test
    void whatIsNotInTimeIsRefused() {
        assertThat(flaw(device().validFor(Duration.ofDays(-2), Duration.ofDays(-1))))
                .contains(Flaw.EXPIRED);
        assertThat(flaw(device().validFor(Duration.ofDays(1), Duration.ofDays(2))))
                .contains(Flaw.NOT_YET_VALID);
    }

    @ParameterizedTest
    @CsvSource({
        "RSA,1024,SHA256withRSA,false",
        "RSA,2048,SHA256withRSA,true",
        "RSA,2048,SHA1withRSA,false",
        "RSA,2048,MD5withRSA,false",
        "RSA,2048,SHA256withRSAandMGF1,true",
        "RSA,2048,SHA1withRSAandMGF1,false",
        "EC,256,SHA256withECDSA,true",
        "EC,384,SHA384withECDSA,true",
        "EC,256,SHA1withECDSA,false",
        "Ed25519,0,Ed25519,true",
        "DSA,2048,SHA256withDSA,false"
    })
    void weakKeysAndSignaturesAreRefused(String algorithm, int bits, String signature, boolean isGood) {
        TestIdentity.Draft draft = TestIdentity.selfSigned("CN=pump-17")
                .with(TestIdentity.keys(algorithm, bits))
                .signedWith(signature);
        assertThat(flaw(draft)).isEqualTo(isGood ? Optional.empty() : Optional.of(Flaw.WEAK));
    }

    private static TestIdentity.Draft device() {
        return TestIdentity.selfSigned("CN=pump-17");
    }

    private Optional<Flaw> flaw(TestIdentity.Draft device) {
        return ClientCertificates.flaw(device.make().certificate(), now);
    }
}
