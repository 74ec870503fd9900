package io.warren.registry.diagnostics;

import io.warren.contracts.device.DeviceAddress;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * What the address of an upload allows.
 *
 * @param address the device that may send
 * @param bundle the one bundle that it may send
 * @param expiresAt until when it may begin to, to the second
 */
record UploadGrant(DeviceAddress address, UUID bundle, Instant expiresAt) {

    private static final int PARTS = 4;

    /** A text that reads back as the same grant, but for parts of a second. */
    String encode() {
        return String.join(
                "/",
                address.tenant().value(),
                address.device().value(),
                bundle.toString(),
                String.valueOf(expiresAt.getEpochSecond()));
    }

    static Optional<UploadGrant> decode(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length != PARTS) {
            return Optional.empty();
        }
        try {
            return Optional.of(new UploadGrant(
                    DeviceAddress.of(parts[0], parts[1]),
                    UUID.fromString(parts[2]),
                    Instant.ofEpochSecond(Long.parseLong(parts[3]))));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
