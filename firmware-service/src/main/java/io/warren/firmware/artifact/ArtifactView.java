package io.warren.firmware.artifact;

import java.time.Instant;
import java.util.UUID;

/**
 * An artifact as integrators see it.
 *
 * @param size in bytes
 * @param sha256 lower-case hexadecimal
 */
record ArtifactView(UUID id, String name, long size, String sha256, String contentType, Instant createdAt) {}
