package io.warren.platform.peer;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Optional;

/**
 * Where somebody comes from, as far as it can be held against them: an IPv4 address, or the 64 bits of an IPv6 address that name
 * the network, for whoever has one has all the addresses in it.
 *
 * @param text {@code 192.0.2.17}, or {@code 2001:db8:0:1::/64}
 */
public record PeerAddress(String text) {

    private static final int LONGEST = 64;

    /** Reads an address in any of its spellings; empty if it is none. */
    public static Optional<PeerAddress> of(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            InetAddress address = InetAddress.ofLiteral(text);
            return Optional.of(
                    new PeerAddress(address instanceof Inet6Address six ? network(six) : address.getHostAddress()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Reads the far end of a connection as the broker names it: {@code 192.0.2.17:40312 -> 192.0.2.1:8883}. */
    public static Optional<PeerAddress> ofConnection(String name) {
        int arrow = name.indexOf(" -> ");
        int port = name.lastIndexOf(':', Math.max(arrow, 0));
        if (arrow < 0 || port < 0) {
            return Optional.empty();
        }
        String host = name.substring(0, port);
        return of(host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host);
    }

    @Override
    public String toString() {
        return text;
    }

    private static String network(Inet6Address address) {
        byte[] bytes = address.getAddress();
        StringBuilder network = new StringBuilder();
        for (int i = 0; i < 8; i += 2) {
            network.append(Integer.toHexString(((bytes[i] & 0xff) << 8) | (bytes[i + 1] & 0xff)))
                    .append(':');
        }
        return network.append(":/64").toString();
    }
}
