package io.warren.contracts.device;

import java.util.Optional;

/**
 * Who a device is to the broker until it has an identity: {@code device@tenant/bootstrap}, its MQTT user name and client id while
 * it bootstraps. No device's own name ends so, so that the one is never taken for the other.
 *
 * @param device the device that it wants to become, or to be again
 */
public record BootstrapName(DeviceAddress device) {

    private static final String SUFFIX = "/bootstrap";

    /** Reads {@code device@tenant/bootstrap}; empty if the text is anything else. */
    public static Optional<BootstrapName> parse(String text) {
        return text.endsWith(SUFFIX)
                ? DeviceAddress.parse(text.substring(0, text.length() - SUFFIX.length()))
                        .map(BootstrapName::new)
                : Optional.empty();
    }

    @Override
    public String toString() {
        return device + SUFFIX;
    }
}
