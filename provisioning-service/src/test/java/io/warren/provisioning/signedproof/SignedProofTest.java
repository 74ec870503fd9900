package io.warren.provisioning.signedproof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import io.warren.contracts.device.DeviceAddress;
import io.warren.testing.tls.TestIdentity;
import java.security.InvalidKeyException;
import java.security.KeyPair;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignedProofTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final DeviceAddress PUMP = DeviceAddress.of("acme", "pump-17");
    private static final KeyPair KEY = TestIdentity.keys("EC", 256);

    @ParameterizedTest
    @CsvSource({"EC,256,ES256", "EC,384,ES384", "Ed25519,0,EdDSA", "RSA,2048,RS256"})
    void whatTheKeyHasSignedIsBelieved(String kind, int bits, String algorithm) {
        KeyPair key = TestIdentity.keys(kind, bits);
        SignedProof proof = parse(TestProof.by(key).as(algorithm).of(PUMP).until(NOW.plusSeconds(600)));

        assertThat(proof.device()).isEqualTo(PUMP);
        assertThat(proof.flaw(key.getPublic(), NOW)).isEmpty();
    }

    @Test
    void whatAnotherKeyHasSignedIsNot() {
        SignedProof proof = parse(TestProof.by(KEY).of(PUMP).until(NOW.plusSeconds(600)));
        assertThat(proof.flaw(TestIdentity.keys("EC", 256).getPublic(), NOW)).isPresent();
        assertThat(proof.flaw(TestIdentity.keys("Ed25519", 0).getPublic(), NOW)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "HS256", "ES384", "RS256", "EdDSA"})
    void theKeyDecidesHowItIsSigned(String claimed) {
        String text = TestProof.by(KEY).claiming(claimed).of(PUMP).until(NOW.plusSeconds(600));
        assertThat(SignedProof.parse(text).flatMap(proof -> proof.flaw(KEY.getPublic(), NOW)))
                .satisfiesAnyOf(
                        flaw -> assertThat(flaw).isPresent(),
                        _ -> assertThat(SignedProof.parse(text)).isEmpty());
    }

    @Test
    void itIsGoodForAnHourAtMost() {
        assertThat(parse(TestProof.by(KEY).of(PUMP).until(NOW.plus(Duration.ofHours(2))))
                        .flaw(KEY.getPublic(), NOW))
                .hasValueSatisfying(flaw -> assertThat(flaw).contains("more than an hour"));
    }

    @Test
    void aClockMayBeOffByFiveMinutes() {
        assertThat(parse(TestProof.by(KEY).of(PUMP).until(NOW.minusSeconds(299)))
                        .flaw(KEY.getPublic(), NOW))
                .isEmpty();
        assertThat(parse(TestProof.by(KEY).of(PUMP).until(NOW.minusSeconds(301)))
                        .flaw(KEY.getPublic(), NOW))
                .hasValueSatisfying(flaw -> assertThat(flaw).contains("expired"));
    }

    @Test
    void itIsForThisPlatformOnly() {
        assertThat(parse(TestProof.by(KEY).of(PUMP).to("elsewhere").until(NOW.plusSeconds(600)))
                        .flaw(KEY.getPublic(), NOW))
                .hasValueSatisfying(flaw -> assertThat(flaw).contains("audience"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "a.b", "a.b.c", "e30.e30.e30", "....", "eyJhbGciOiJFUzI1NiJ9.e30.AA"})
    void whatIsNoProofIsNone(String text) {
        assertThat(SignedProof.parse(text)).isEmpty();
    }

    @Test
    void keysAreReadInAnyForm() throws InvalidKeyException {
        String der = Base64.getEncoder().encodeToString(KEY.getPublic().getEncoded());
        String jwk = new ECKey.Builder(Curve.P_256, (ECPublicKey) KEY.getPublic())
                .build()
                .toJSONString();

        assertThat(PublicKeys.read(der)).isEqualTo(KEY.getPublic());
        assertThat(PublicKeys.read("-----BEGIN PUBLIC KEY-----\n" + der + "\n-----END PUBLIC KEY-----\n"))
                .isEqualTo(KEY.getPublic());
        assertThat(PublicKeys.read(jwk)).isEqualTo(KEY.getPublic());
    }

    @Test
    void anEd25519KeyOfAJwkIsRead() throws InvalidKeyException {
        // RFC 8037, appendix A.2
        assertThat(PublicKeys.read(
                                "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}")
                        .getEncoded())
                .hasSize(44);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "AA",
                "{}",
                "{\"kty\":\"oct\",\"k\":\"AA\"}",
                "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"AA\"}",
                "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AA\",\"y\":\"AA\"}",
                "-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----"
            })
    void whatIsNoKeyIsRefused(String text) {
        assertThatExceptionOfType(InvalidKeyException.class).isThrownBy(() -> PublicKeys.read(text));
    }

    @Test
    void keysOfRsaAndOtherCurvesAreRefused() {
        for (KeyPair key : new KeyPair[] {TestIdentity.keys("RSA", 2048), TestIdentity.keys("EC", 521)}) {
            assertThatExceptionOfType(InvalidKeyException.class)
                    .isThrownBy(() -> PublicKeys.ofDer(key.getPublic().getEncoded()));
        }
    }

    private static SignedProof parse(String text) {
        return SignedProof.parse(text).orElseThrow();
    }
}
