package io.warren.telemetry.directory;

import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where to ask about a device that this service has not heard of yet.
 *
 * @param registryUrl the registry's address
 * @param timeout how long its answer may take
 */
@Validated
@ConfigurationProperties("warren.directory")
record DirectoryProperties(
        @NotNull URI registryUrl, @DefaultValue("3s") Duration timeout) {}
