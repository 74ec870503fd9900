package io.warren.gateway.connector;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.net.InetAddress;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * The plain port, for the platform itself: keys, health, metrics.
 *
 * @param address where it listens; loopback unless the network around is the platform's own
 * @param port which port; 0 takes a free one
 */
@Validated
@ConfigurationProperties("warren.http")
record HttpProperties(
        @NotNull InetAddress address, @Min(0) @Max(65_535) int port) {}
