package io.warren.firmware;

import io.warren.platform.security.AccessRules;
import io.warren.platform.security.Role;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;

/** Who may do what here. */
@Configuration(proxyBeanMethods = false)
class FirmwareAccess {

    private static final String ARTIFACTS = "/api/v1/artifacts";
    private static final String RELEASES = "/api/v1/releases";
    private static final String DEPLOYMENTS = "/api/v1/devices/*/deployments";
    private static final String DOWNLOADS = "/device/v1/artifacts/*/*";

    @Bean
    AccessRules firmwareRules() {
        return rules -> rules.allow(HttpMethod.GET, Role.DEVICE, DOWNLOADS)
                .allow(HttpMethod.HEAD, Role.DEVICE, DOWNLOADS)
                .allow(HttpMethod.GET, Role.VIEWER, ARTIFACTS, ARTIFACTS + "/*", RELEASES, RELEASES + "/*")
                .allow(HttpMethod.GET, Role.VIEWER, DEPLOYMENTS, DEPLOYMENTS + "/*")
                .allow(HttpMethod.POST, Role.OPERATOR, DEPLOYMENTS, DEPLOYMENTS + "/*")
                .allow(HttpMethod.POST, Role.INTEGRATOR, ARTIFACTS, RELEASES + "/*")
                .allow(HttpMethod.PUT, Role.INTEGRATOR, RELEASES + "/*")
                .allow(HttpMethod.DELETE, Role.INTEGRATOR, ARTIFACTS + "/*");
    }
}
