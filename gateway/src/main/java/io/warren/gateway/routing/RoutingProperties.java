package io.warren.gateway.routing;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How requests reach the services.
 *
 * @param services where they are
 * @param connectTimeout how long a connection may take to come about; then the service counts as away
 * @param responseTimeout how long a service may send nothing while it is being waited for; longer than the longest
 *     {@code ?wait=}
 * @param maxConnections how many requests may be under way to one service; one more waits for {@code connect-timeout}
 * @param maxBody the largest body of a request, in bytes; larger is a 413
 * @param maxBundle the largest body with an offline bundle, in bytes; larger is a 413
 * @param maxArtifact the largest body of an upload to {@code /api/v1/artifacts}, in bytes; larger is a 413
 * @param maxDiagnostics the largest bundle of diagnostics that a device may send, in bytes; larger is a 413
 * @param maxImport the largest body of an import, in bytes, as it is sent (zipped, if it is); larger is a 413
 */
@Validated
@ConfigurationProperties("warren.routing")
record RoutingProperties(
        @NotNull @Valid Services services,
        @NotNull @DurationMin(millis = 1) Duration connectTimeout,
        @NotNull @DurationMin(millis = 1) Duration responseTimeout,
        @Min(1) @Max(10_000) int maxConnections,
        @NotNull DataSize maxBody,
        @NotNull DataSize maxBundle,
        @NotNull DataSize maxArtifact,
        @NotNull DataSize maxDiagnostics,
        @NotNull DataSize maxImport) {

    /**
     * The services' addresses inside the platform.
     *
     * @param registry where registry-service is, {@code http://host:port}
     * @param provisioning where provisioning-service is
     * @param firmware where firmware-service is
     * @param telemetry where telemetry-service is
     */
    record Services(
            @NotNull URI registry,
            @NotNull URI provisioning,
            @NotNull URI firmware,
            @NotNull URI telemetry) {}
}
