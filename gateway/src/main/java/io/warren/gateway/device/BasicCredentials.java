package io.warren.gateway.device;

import io.warren.contracts.device.DeviceAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * What a device shows with HTTP Basic authentication (RFC 7617).
 *
 * @param device the user name: the device's address
 * @param password one of its secrets, or a token signed with one
 */
record BasicCredentials(DeviceAddress device, String password) {

    private static final String SCHEME = "Basic ";
    private static final int LONGEST = 512;

    /** Reads the value of an {@code Authorization} header; empty if it is anything else. */
    static Optional<BasicCredentials> parse(String header) {
        if (header.length() > LONGEST || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        String text;
        try {
            byte[] decoded =
                    Base64.getDecoder().decode(header.substring(SCHEME.length()).strip());
            text = new String(decoded, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        int colon = text.indexOf(':');
        if (colon < 0 || colon == text.length() - 1) {
            return Optional.empty();
        }
        return DeviceAddress.parse(text.substring(0, colon))
                .map(device -> new BasicCredentials(device, text.substring(colon + 1)));
    }

    /** The password is a secret. */
    @Override
    public String toString() {
        return "BasicCredentials[" + device + "]";
    }
}
