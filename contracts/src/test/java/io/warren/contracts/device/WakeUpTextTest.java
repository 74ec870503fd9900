package io.warren.contracts.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WakeUpTextTest {

    /** The key of the tokens in the worked example of docs/device-protocol.md. */
    private static final byte[] TOKEN_KEY =
            HexFormat.of().parseHex("9326050b85819f8b94c5261484551b682f941b906fb97f647d3ba07fc42e6e4a");

    private static final DeviceAddress PUMP = DeviceAddress.of("acme", "pump-17");
    private static final byte[] KEY = WakeUpText.key(TOKEN_KEY);
    private static final WakeUpText TEXT = WakeUpText.sign(PUMP, 1_795_276_800, "1f2e3d4c5b6a7988", List.of(KEY));

    @Test
    void theWorkedExampleOfTheDocumentationIsRight() {
        assertThat(HexFormat.of().formatHex(KEY))
                .isEqualTo("f787d8f0ca1a8c11023bdc366b4e23ac2696b8a69e0312513f890e04fa52e181");
        assertThat(TEXT.text()).isEqualTo("WRN1 1795276800 1f2e3d4c5b6a7988 efad566f76ab8336221df919e0ff2576");
    }

    @Test
    void aTextIsReadAsItWasWritten() {
        assertThat(WakeUpText.parse(TEXT.text())).hasValue(TEXT);
        assertThat(TEXT.isSignedWith(KEY, PUMP)).isTrue();
    }

    @Test
    void eitherOfTwoSecretsWillDo() {
        byte[] other = WakeUpText.key(new byte[32]);
        WakeUpText text = WakeUpText.sign(PUMP, 1_795_276_800, "1f2e3d4c5b6a7988", List.of(other, KEY));
        assertThat(text.text()).hasSize(WakeUpText.LONGEST).matches("[A-Za-z0-9 ]+");
        WakeUpText read = WakeUpText.parse(text.text()).orElseThrow();
        assertThat(read.isSignedWith(KEY, PUMP)).isTrue();
        assertThat(read.isSignedWith(other, PUMP)).isTrue();
    }

    @Test
    void aTextWithAnythingChangedIsNotSigned() {
        String text = TEXT.text();
        for (int i = text.indexOf(' ') + 1; i < text.length(); i++) {
            char old = text.charAt(i);
            if (old != ' ') {
                String changed = text.substring(0, i) + (old == '1' ? '2' : '1') + text.substring(i + 1);
                assertThat(WakeUpText.parse(changed)
                                .map(read -> read.isSignedWith(KEY, PUMP))
                                .orElse(false))
                        .as(changed)
                        .isFalse();
            }
        }
    }

    @Test
    void itIsGoodForOneDeviceAndNoKeyIsGoodForTheOtherPurpose() {
        assertThat(TEXT.isSignedWith(KEY, DeviceAddress.of("acme", "pump-18"))).isFalse();
        assertThat(TEXT.isSignedWith(KEY, DeviceAddress.of("emca", "pump-17"))).isFalse();
        assertThat(TEXT.isSignedWith(TOKEN_KEY, PUMP)).isFalse();
        assertThat(KEY).isNotEqualTo(TOKEN_KEY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "WRN1",
                "WRN2 1795276800 1f2e3d4c5b6a7988 00000000000000000000000000000000",
                "WRN1 0795276800 1f2e3d4c5b6a7988 00000000000000000000000000000000",
                "WRN1 1795276800 1F2E3D4C5B6A7988 00000000000000000000000000000000",
                "WRN1 1795276800 1f2e3d4c5b6a7988 0000000000000000000000000000000",
                "WRN1 1795276800 1f2e3d4c5b6a7988 00000000000000000000000000000000 "
            })
    void anythingElseIsNoText(String text) {
        assertThat(WakeUpText.parse(text)).isEmpty();
    }
}
