package io.warren.registry.diagnostics;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A bundle as callers see it; the address that it is sent to is not theirs to see.
 *
 * @param id names it
 * @param device whose it is
 * @param command the command that asked for it
 * @param status how far it is
 * @param requestedAt when it was asked for
 * @param expiresAt until when the device may begin to send it
 * @param maximumBytes how large it may be
 * @param receivedAt when all of it had arrived
 * @param size in bytes
 * @param sha256 of the bytes, in hexadecimal digits
 * @param contentType what the device says that it is
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record DiagnosticsView(
        UUID id,
        String device,
        UUID command,
        DiagnosticsStatus status,
        Instant requestedAt,
        Instant expiresAt,
        long maximumBytes,
        @Nullable Instant receivedAt,
        @Nullable Long size,
        @Nullable String sha256,
        @Nullable String contentType) {}
