package io.warren.platform.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReachableAddressesTest {

    private static final ReachableAddresses PUBLIC_ONLY = reachable();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "10.0.0.1",
                "100.64.0.1",
                "127.0.0.1",
                "127.255.255.254",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.1",
                "192.168.1.1",
                "198.18.0.1",
                "224.0.0.1",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::ffff:127.0.0.1",
                "::ffff:169.254.169.254",
                "::127.0.0.1",
                "64:ff9b::127.0.0.1",
                "64:ff9b::a9fe:a9fe",
                "2001::7f00:1",
                "2002:7f00:1::",
                "2001:db8::1",
                "fc00::1",
                "fd00:ec2::254",
                "fe80::1",
                "ff02::1"
            })
    void whatIsNotPublicIsOutOfReach(String address) {
        assertThat(PUBLIC_ONLY.isReachable(InetAddress.ofLiteral(address))).isFalse();
        assertThatExceptionOfType(ReachableAddresses.NotReachable.class).isThrownBy(() -> PUBLIC_ONLY.resolve(address));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1.1.1.1", "11.0.0.1", "100.63.255.255", "172.32.0.1", "223.255.255.255", "2606:4700::1111"})
    void whatIsPublicIsReached(String address) throws UnknownHostException {
        assertThat(PUBLIC_ONLY.resolve(address)).containsExactly(InetAddress.ofLiteral(address));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2130706433", "0x7f000001", "127.1", "localhost", "[::1]"})
    void otherWaysToWriteAnAddressLeadNowhere(String host) {
        assertThatExceptionOfType(UnknownHostException.class).isThrownBy(() -> PUBLIC_ONLY.resolve(host));
    }

    @Test
    void theOperatorCanAllowNetworks() throws UnknownHostException {
        ReachableAddresses reachable = reachable("10.20.0.0/16", "fd00::/8");
        assertThat(reachable.resolve("10.20.3.4")).hasSize(1);
        assertThat(reachable.resolve("fd12::1")).hasSize(1);
        assertThat(reachable.isReachable(InetAddress.ofLiteral("10.21.0.1"))).isFalse();
        assertThat(reachable.isReachable(InetAddress.ofLiteral("127.0.0.1"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10.0.0.0", "10.0.0.0/33", "10.0.0.0/-1", "example.org/8", "10.0.0.0/8/8", "::/129"})
    void aNetworkHasAForm(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Network(text));
    }

    private static ReachableAddresses reachable(String... allowed) {
        return new ReachableAddresses(
                List.of(allowed).stream().map(Network::new).toList());
    }
}
