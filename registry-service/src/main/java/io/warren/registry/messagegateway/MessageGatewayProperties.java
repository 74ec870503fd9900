package io.warren.registry.messagegateway;

import io.warren.platform.webhook.Network;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where wake-up channels may lead.
 *
 * @param allowedNetworks networks that channels may be in although they are not public, such as {@code 10.20.0.0/16}, with commas
 *     between them; a tenant's integrator can have the service connect to any address in them
 * @param caFile PEM bundle of authorities that the certificates of gateways may come from; left out, those that Java knows
 */
@ConfigurationProperties("warren.wake-up-channel")
record MessageGatewayProperties(
        @DefaultValue List<Network> allowedNetworks,
        @Nullable Path caFile) {}
