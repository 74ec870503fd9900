package io.warren.gateway.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ForwardedAddressesTest {

    @Test
    void readsWhatProxiesAdd() {
        assertThat(ForwardedAddresses.forwardedFor(List.of("198.51.100.7, 192.0.2.9", "2001:db8::1")))
                .containsExactly("198.51.100.7", "192.0.2.9", "2001:db8:0:0:0:0:0:1");
        assertThat(ForwardedAddresses.forwardedFor(List.of("198.51.100.7:4711, [2001:db8::1]:80")))
                .containsExactly("198.51.100.7", "2001:db8:0:0:0:0:0:1");
        assertThat(ForwardedAddresses.forwarded(List.of("by=_a;for=198.51.100.7;host=x, for=192.0.2.9")))
                .containsExactly("198.51.100.7", "192.0.2.9");
    }

    @Test
    void whatStandsBeforeSomethingUnreadableIsNotBelieved() {
        assertThat(ForwardedAddresses.forwardedFor(List.of("198.51.100.7, who, 192.0.2.9")))
                .containsExactly("192.0.2.9");
        assertThat(ForwardedAddresses.forwarded(List.of("for=198.51.100.7, for=192.0.2.9;by=\"a, for=10.0.0.1\"")))
                .isEmpty();
        assertThat(ForwardedAddresses.forwardedFor(List.of("example.org"))).isEmpty();
        assertThat(ForwardedAddresses.forwardedFor(List.of())).isEmpty();
    }

    @Test
    void writesAddressesOfBothKinds() {
        assertThat(ForwardedAddresses.field("198.51.100.7")).isEqualTo("for=198.51.100.7");
        assertThat(ForwardedAddresses.field("fe80:0:0:0:0:0:0:1%eth0")).isEqualTo("for=\"[fe80:0:0:0:0:0:0:1]\"");
    }
}
