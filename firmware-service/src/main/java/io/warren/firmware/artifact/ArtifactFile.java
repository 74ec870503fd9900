package io.warren.firmware.artifact;

import java.nio.file.Path;
import java.util.UUID;

/**
 * An artifact and its bytes, for those who hand it out.
 *
 * @param size in bytes
 * @param sha256 lower-case hexadecimal
 * @param path where the bytes are
 */
public record ArtifactFile(UUID id, String name, long size, String sha256, String contentType, Path path) {}
