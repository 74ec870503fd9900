package io.warren.provisioning.manifest;

import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * How manifests come.
 *
 * @param directory where imports are kept while they are worked on: on a disk, with room for eight of the largest that the gateway
 *     lets through
 */
@Validated
@ConfigurationProperties("warren.manifest")
record ManifestProperties(@NotNull Path directory) {}
