package io.warren.firmware.directory;

import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How the registry is asked about a device that no event has told of yet.
 *
 * @param registryUrl where the registry serves its REST API inside the platform
 * @param timeout how long the registry may take to answer
 */
@Validated
@ConfigurationProperties("warren.firmware.directory")
record DirectoryProperties(
        @NotNull URI registryUrl,
        @DefaultValue("3s") @DurationMin(millis = 1) Duration timeout) {}
