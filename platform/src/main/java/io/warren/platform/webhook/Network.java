package io.warren.platform.webhook;

import java.net.InetAddress;
import java.util.Arrays;

/**
 * A range of IP addresses in the notation of CIDR (RFC 4632).
 *
 * @param text {@code 10.20.0.0/16} or {@code fd00::/8}; anything else is an {@link IllegalArgumentException}
 */
public record Network(String text) {

    public Network {
        parse(text);
    }

    /** Whether an address is in it. */
    public boolean contains(InetAddress address) {
        Parsed network = parse(text);
        byte[] bytes = address.getAddress();
        return bytes.length == network.base().length && Arrays.equals(masked(bytes, network.bits()), network.base());
    }

    @Override
    public String toString() {
        return text;
    }

    private static Parsed parse(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length != 2 || !parts[1].matches("[0-9]{1,3}")) {
            throw new IllegalArgumentException("A network is written address/bits: " + text);
        }
        byte[] address = InetAddress.ofLiteral(parts[0]).getAddress();
        int bits = Integer.parseInt(parts[1]);
        if (bits > address.length * Byte.SIZE) {
            throw new IllegalArgumentException("So many bits the address does not have: " + text);
        }
        return new Parsed(masked(address, bits), bits);
    }

    private static byte[] masked(byte[] address, int bits) {
        byte[] masked = address.clone();
        for (int i = 0; i < masked.length; i++) {
            int kept = Math.clamp(bits - i * Byte.SIZE, 0, Byte.SIZE);
            masked[i] &= (byte) (0xff << (Byte.SIZE - kept));
        }
        return masked;
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Parsed(byte[] base, int bits) {}
}
