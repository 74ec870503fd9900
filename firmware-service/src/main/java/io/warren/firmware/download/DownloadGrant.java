package io.warren.firmware.download;

import io.warren.contracts.device.TenantId;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * What an address allows.
 *
 * @param tenant the tenant of the deployment and the artifact
 * @param deployment the one deployment it is good for
 * @param artifact the artifact that may be fetched
 * @param expiresAt when it ends, in whole seconds
 */
record DownloadGrant(TenantId tenant, UUID deployment, UUID artifact, Instant expiresAt) {

    private static final int PARTS = 4;

    /** A text that reads back as the same grant. */
    String encode() {
        return String.join(
                "/",
                tenant.value(),
                deployment.toString(),
                artifact.toString(),
                String.valueOf(expiresAt.getEpochSecond()));
    }

    static Optional<DownloadGrant> decode(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length != PARTS) {
            return Optional.empty();
        }
        try {
            return Optional.of(new DownloadGrant(
                    new TenantId(parts[0]),
                    UUID.fromString(parts[1]),
                    UUID.fromString(parts[2]),
                    Instant.ofEpochSecond(Long.parseLong(parts[3]))));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
