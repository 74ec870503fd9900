package io.warren.platform.peer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PeerAddressTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.17, 192.0.2.17",
        "::ffff:192.0.2.17, 192.0.2.17",
        "2001:db8:0:1:2:3:4:5, 2001:db8:0:1::/64",
        "2001:db8:0:1::9, 2001:db8:0:1::/64",
        "::1, 0:0:0:0::/64"
    })
    void anAddressIsReadInAnySpelling(String text, String expected) {
        assertThat(PeerAddress.of(text)).map(PeerAddress::text).contains(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.17:40312 -> 192.0.2.1:8883, 192.0.2.17",
        "[2001:db8:0:1::9]:40312 -> [2001:db8::1]:8883, 2001:db8:0:1::/64",
        "2001:db8:0:1::9:40312 -> 2001:db8::1:8883, 2001:db8:0:1::/64"
    })
    void theFarEndOfAConnectionIsRead(String connection, String expected) {
        assertThat(PeerAddress.ofConnection(connection)).map(PeerAddress::text).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "localhost", "1.2.3.4.5", "-> 1.2.3.4:5", "unknown", "1.2.3.4; DROP", "192.0.2.17:40312"})
    void whatIsNoAddressIsNone(String text) {
        assertThat(PeerAddress.of(text)).isEmpty();
        assertThat(PeerAddress.ofConnection(text)).isEmpty();
    }
}
