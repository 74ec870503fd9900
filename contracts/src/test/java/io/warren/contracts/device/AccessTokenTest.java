package io.warren.contracts.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTokenTest {

    private static final DeviceAddress PUMP = DeviceAddress.of("acme", "pump-17");
    private static final byte[] KEY = AccessToken.key("a secret");
    private static final AccessToken TOKEN = AccessToken.sign(PUMP, Instant.ofEpochSecond(1_795_276_800), KEY);

    @Test
    void aTokenIsReadAsItWasWritten() {
        assertThat(AccessToken.parse(TOKEN.text())).contains(TOKEN);
        assertThat(TOKEN.isSignedWith(KEY)).isTrue();
        assertThat(TOKEN.expiresAt()).isEqualTo(Instant.parse("2026-11-21T16:00:00Z"));
    }

    @Test
    void anotherKeyDeviceOrTimeHasAnotherSignature() {
        assertThat(TOKEN.isSignedWith(AccessToken.key("another secret"))).isFalse();
        assertThat(new AccessToken(DeviceAddress.of("acme", "pump-18"), TOKEN.expiry(), TOKEN.signature())
                        .isSignedWith(KEY))
                .isFalse();
        assertThat(new AccessToken(DeviceAddress.of("other", "pump-17"), TOKEN.expiry(), TOKEN.signature())
                        .isSignedWith(KEY))
                .isFalse();
        assertThat(new AccessToken(PUMP, TOKEN.expiry() + 1, TOKEN.signature()).isSignedWith(KEY))
                .isFalse();
    }

    @Test
    void aSignatureHasOneSpellingOnly() {
        // the last character has two bits that mean nothing
        char last = TOKEN.signature().charAt(42);
        String twin = TOKEN.signature().substring(0, 42) + (char) (last + 1);
        assertThat(new AccessToken(PUMP, TOKEN.expiry(), twin).isSignedWith(KEY))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "SharedAccessSignature ",
                "SharedAccessSignature sr=pump-17@acme&se=1795276800",
                "sharedaccesssignature sr=pump-17@acme&se=1795276800&sig={s}",
                "SharedAccessSignature sr=pump-17@acme&sig={s}&se=1795276800",
                "SharedAccessSignature sr=pump-17&se=1795276800&sig={s}",
                "SharedAccessSignature sr=pump-17%40acme&se=1795276800&sig={s}",
                "SharedAccessSignature sr=pump-17@acme&se=01795276800&sig={s}",
                "SharedAccessSignature sr=pump-17@acme&se=-1&sig={s}",
                "SharedAccessSignature sr=pump-17@acme&se=179527680000&sig={s}",
                "SharedAccessSignature sr=pump-17@acme&se=1795276800&sig={s}=",
                "SharedAccessSignature sr=pump-17@acme&se=1795276800&sig={s}&skn=x",
                "SharedAccessSignature sr=pump-17@acme&se=1795276800&sig={s}\n",
                "SharedAccessSignature  sr=pump-17@acme&se=1795276800&sig={s}"
            })
    void whatIsNoTokenIsNotReadAsOne(String text) {
        assertThat(AccessToken.parse(text.replace("{s}", TOKEN.signature()))).isEmpty();
    }

    @Test
    void whatIsTooLongIsNotLookedAt() {
        assertThat(AccessToken.parse(TOKEN.text() + "x".repeat(100_000))).isEmpty();
    }

    @Test
    void theTokenIsNotInLogs() {
        assertThat(TOKEN.toString()).doesNotContain(TOKEN.signature());
    }
}
