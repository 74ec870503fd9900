package io.warren.platform.seal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Base64;
import org.junit.jupiter.api.Test;

class SealTest {

    private static final byte[] SECRET = "what must be kept".getBytes(UTF_8);

    private final Seal seal = new Seal(key(1));

    @Test
    void whatIsSealedCanBeOpenedAtItsPlace() {
        assertThat(seal.open(seal.close(SECRET, "here"), "here")).hasValue(SECRET);
    }

    @Test
    void theSameSecretIsNeverSealedTheSameWay() {
        assertThat(seal.close(SECRET, "here")).isNotEqualTo(seal.close(SECRET, "here"));
        assertThat(new String(seal.close(SECRET, "here"), UTF_8)).doesNotContain("kept");
    }

    @Test
    void elsewhereOrWithAnotherKeyItCannotBeOpened() {
        byte[] sealed = seal.close(SECRET, "here");
        assertThat(seal.open(sealed, "there")).isEmpty();
        assertThat(new Seal(key(2)).open(sealed, "here")).isEmpty();
    }

    @Test
    void whatIsDamagedCannotBeOpened() {
        byte[] sealed = seal.close(SECRET, "here");
        for (int i = 0; i < sealed.length; i++) {
            byte[] damaged = sealed.clone();
            damaged[i] ^= 1;
            assertThat(seal.open(damaged, "here")).isEmpty();
        }
        assertThat(seal.open(new byte[0], "here")).isEmpty();
    }

    @Test
    void aKeyHas32Bytes() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Seal("c2hvcnQ="));
        assertThatIllegalArgumentException().isThrownBy(() -> new Seal("not base64!"));
    }

    private static String key(int fill) {
        byte[] bytes = new byte[32];
        bytes[0] = (byte) fill;
        return Base64.getEncoder().encodeToString(bytes);
    }
}
