package io.warren.registry.deviceimport;

import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * How many devices come at a time.
 *
 * @param directory where imports are kept while they are worked on: on a disk, with room for eight of the largest that the gateway
 *     lets through
 */
@Validated
@ConfigurationProperties("warren.bulk")
record BulkProperties(@NotNull Path directory) {}
