package io.warren.firmware.artifact;

import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How artifacts are kept.
 *
 * @param directory where the bytes of artifacts are; all replicas share it
 * @param maxSize how large an artifact may be
 */
@Validated
@ConfigurationProperties("warren.firmware.artifacts")
record ArtifactProperties(
        @NotNull Path directory, @DefaultValue("10GB") DataSize maxSize) {}
