package io.warren.gateway.routing;

import static org.springframework.web.servlet.function.RequestPredicates.path;

import io.warren.gateway.routing.RoutingProperties.Services;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.function.Function;
import org.springframework.cloud.gateway.server.mvc.handler.GatewayRouterFunctions;
import org.springframework.cloud.gateway.server.mvc.handler.ProxyExchange;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.web.servlet.function.RequestPredicate;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * Which paths belong to which service. The first that fits wins; what fits none does not exist. What is for devices is named path by
 * path: a service would say of any other that it is forbidden, and a device could not tell it from a wrong secret.
 */
@Configuration(proxyBeanMethods = false)
class Routes {

    private final ProxyExchange exchange;
    private final OutgoingHeaders headers;

    Routes(ProxyExchange exchange, OutgoingHeaders headers) {
        this.exchange = exchange;
        this.headers = headers;
    }

    @Bean
    RouterFunction<ServerResponse> serviceRoutes(RoutingProperties properties) {
        Services services = properties.services();
        return to(
                        "telemetry",
                        services.telemetry(),
                        path("/device/v1/telemetry")
                                .or(path("/device/v1/telemetry/*"))
                                .or(path("/device/v1/events/*"))
                                .or(path("/device/v1/logs"))
                                .or(path("/device/v1/via/*/telemetry"))
                                .or(path("/device/v1/via/*/telemetry/*"))
                                .or(path("/device/v1/via/*/events/*"))
                                .or(path("/device/v1/via/*/logs"))
                                .or(path("/api/v1/devices/*/telemetry/**"))
                                .or(path("/api/v1/devices/*/logs"))
                                .or(path("/api/v1/devices/*/events"))
                                .or(path("/api/v1/telemetry/**"))
                                .or(path("/api/v1/telemetry:*"))
                                .or(path("/api/v1/logs"))
                                .or(path("/api/v1/events")))
                .and(to(
                        "firmware",
                        services.firmware(),
                        path("/api/v1/devices/*/deployments/**")
                                .or(path("/api/v1/artifacts/**"))
                                .or(path("/api/v1/releases/**"))
                                .or(path("/device/v1/artifacts/*/*"))))
                .and(to(
                        "provisioning",
                        services.provisioning(),
                        path("/api/v1/enrollments/**")
                                .or(path("/api/v1/enrollment-groups/**"))
                                .or(path("/api/v1/enrollment-groups:*"))
                                .or(path("/api/v1/registrations/**"))
                                .or(path("/api/v1/certificate-authorities/**"))
                                .or(path("/api/v1/certificates/**"))
                                .or(path("/pki/v1/**"))))
                .and(route(
                        "identities",
                        services.provisioning(),
                        path("/bootstrap/v1/**").or(path("/.well-known/est/**")),
                        headers::withPeer))
                .and(to(
                        "registry",
                        services.registry(),
                        path("/api/v1/tenants/**")
                                .or(path("/api/v1/usage"))
                                .or(path("/api/v1/device-types/**"))
                                .or(path("/api/v1/groups/**"))
                                .or(path("/api/v1/wake-up-channels/**"))
                                .or(path("/api/v1/configurations/**"))
                                .or(path("/api/v1/configurations:*"))
                                .or(path("/api/v1/devices/**"))
                                .or(path("/api/v1/devices:*"))
                                .or(path("/device/v1/identity"))
                                .or(path("/device/v1/state"))
                                .or(path("/device/v1/state/reported"))
                                .or(path("/device/v1/commands"))
                                .or(path("/device/v1/commands/*"))
                                .or(path("/device/v1/diagnostics/*"))
                                .or(path("/api/v1/commands/**"))
                                .or(path("/api/v1/commands:*"))
                                .or(path("/api/v1/jobs/**"))));
    }

    private RouterFunction<ServerResponse> to(String name, URI service, RequestPredicate paths) {
        return route(name, service, paths, headers::of);
    }

    private RouterFunction<ServerResponse> route(
            String name, URI service, RequestPredicate paths, Function<HttpServletRequest, HttpHeaders> outgoing) {
        return GatewayRouterFunctions.route(name)
                .route(paths, new Forwarding(service, exchange, outgoing))
                .build();
    }
}
