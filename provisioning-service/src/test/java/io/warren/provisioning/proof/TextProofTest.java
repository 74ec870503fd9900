package io.warren.provisioning.proof;

import static io.warren.provisioning.attestation.AttestationKind.CLAIM_TOKEN;
import static io.warren.provisioning.attestation.AttestationKind.PUBLIC_KEY;
import static io.warren.provisioning.attestation.AttestationKind.SYMMETRIC_KEY;
import static io.warren.provisioning.attestation.AttestationKind.X509;
import static org.assertj.core.api.Assertions.assertThat;

import io.warren.contracts.device.AccessToken;
import io.warren.contracts.device.DeviceAddress;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TextProofTest {

    private static final String KEY = "3q2-7wABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhs";

    @Test
    void aBareTextIsAClaimTokenOrAKey() {
        assertThat(TextProof.parse(KEY)).isEqualTo(new TextProof(null, KEY));
        assertThat(TextProof.parse(KEY).kinds()).containsExactly(CLAIM_TOKEN, SYMMETRIC_KEY);
    }

    @Test
    void aGroupMayStandBeforeIt() {
        assertThat(TextProof.parse("pumps/" + KEY)).isEqualTo(new TextProof("pumps", KEY));
        assertThat(TextProof.parse("pumps/" + KEY).kinds()).containsExactly(CLAIM_TOKEN, SYMMETRIC_KEY);
        assertThat(TextProof.parse("no group/" + KEY).group()).isNull();
        assertThat(TextProof.parse("pumps/").group()).isNull();
    }

    @Test
    void whatIsSignedSaysSo() {
        String token = AccessToken.sign(
                        DeviceAddress.of("acme", "pump-17"), Instant.ofEpochSecond(1_795_276_800), AccessToken.key(KEY))
                .text();
        assertThat(TextProof.parse(token).kinds()).containsExactly(SYMMETRIC_KEY);
        assertThat(TextProof.parse("pumps/" + token)).isEqualTo(new TextProof("pumps", token));
        assertThat(TextProof.parse("eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJ4In0.c2ln").kinds())
                .containsExactly(PUBLIC_KEY, X509);
    }

    @Test
    void itIsNotInLogs() {
        assertThat(TextProof.parse("pumps/" + KEY)).hasToString("TextProof[group=pumps]");
    }
}
