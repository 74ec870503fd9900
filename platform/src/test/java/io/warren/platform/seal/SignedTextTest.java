package io.warren.platform.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.Base64;
import org.junit.jupiter.api.Test;

class SignedTextTest {

    private final SignedText signed = new SignedText(key(1), "key");

    @Test
    void whatIsSignedIsBelieved() {
        assertThat(signed.sign("acme/pump é")).matches("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]{43}");
        assertThat(signed.read(signed.sign("acme/pump é"))).contains("acme/pump é");
        assertThat(signed.read(signed.sign(""))).contains("");
    }

    @Test
    void whatIsSignedWithAnotherKeyIsNot() {
        assertThat(signed.read(new SignedText(key(2), "key").sign("acme"))).isEmpty();
    }

    @Test
    void noCharacterOfItCanBeAnother() {
        String text = signed.sign("acme");
        for (int i = 0; i < text.length(); i++) {
            char other = text.charAt(i) == 'A' ? 'B' : 'A';
            assertThat(signed.read(text.substring(0, i) + other + text.substring(i + 1)))
                    .as("at %d", i)
                    .isEmpty();
        }
        for (String malformed : new String[] {"", ".", "!.!", text + "=", text + ".x", text.replace('.', 'x')}) {
            assertThat(signed.read(malformed)).as(malformed).isEmpty();
        }
    }

    @Test
    void aKeyThatIsTooShortIsRefusedByItsName() {
        assertThatIllegalStateException()
                .isThrownBy(() -> new SignedText("c2hvcnQ=", "warren.some.key"))
                .withMessageContaining("warren.some.key");
        assertThatIllegalStateException().isThrownBy(() -> new SignedText("!", "warren.some.key"));
    }

    private static String key(int seed) {
        byte[] bytes = new byte[32];
        bytes[0] = (byte) seed;
        return Base64.getEncoder().encodeToString(bytes);
    }
}
