package io.warren.provisioning;

import io.warren.platform.security.AccessRules;
import io.warren.platform.security.Role;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;

/** Who may do what here. */
@Configuration(proxyBeanMethods = false)
class ProvisioningAccess {

    @Bean
    AccessRules provisioningRules() {
        return rules -> rules.allowWithoutToken(HttpMethod.GET, "/pki/v1/**")
                .allowWithoutToken(HttpMethod.POST, "/pki/v1/ocsp")
                .allow(HttpMethod.POST, Role.DEVICE, "/bootstrap/v1/register")
                .allow(HttpMethod.GET, Role.DEVICE, "/bootstrap/v1/register/*")
                .allow(
                        HttpMethod.GET,
                        Role.VIEWER,
                        "/api/v1/enrollment-groups",
                        "/api/v1/enrollment-groups/*",
                        "/api/v1/enrollment-groups/*/denied")
                .allow(
                        HttpMethod.PUT,
                        Role.INTEGRATOR,
                        "/api/v1/enrollment-groups/*",
                        "/api/v1/enrollment-groups/*/denied/*")
                .allow(HttpMethod.POST, Role.INTEGRATOR, "/api/v1/enrollment-groups/*")
                .allow(
                        HttpMethod.POST,
                        Role.ADMIN,
                        "/api/v1/enrollment-groups:export",
                        "/api/v1/enrollment-groups:import")
                .allow(
                        HttpMethod.DELETE,
                        Role.INTEGRATOR,
                        "/api/v1/enrollment-groups/*",
                        "/api/v1/enrollment-groups/*/denied/*")
                .allow(HttpMethod.POST, Role.INTEGRATOR, "/api/v1/registrations/*")
                .allow(HttpMethod.GET, Role.DEVICE, "/.well-known/est/*/cacerts", "/.well-known/est/*/csrattrs")
                .allow(
                        HttpMethod.POST,
                        Role.DEVICE,
                        "/.well-known/est/*/simpleenroll",
                        "/.well-known/est/*/simplereenroll")
                .allow(HttpMethod.GET, Role.VIEWER, "/api/v1/enrollments", "/api/v1/enrollments/*")
                .allow(HttpMethod.POST, Role.INTEGRATOR, "/api/v1/enrollments")
                .allow(HttpMethod.PUT, Role.INTEGRATOR, "/api/v1/enrollments/*")
                .allow(HttpMethod.DELETE, Role.INTEGRATOR, "/api/v1/enrollments/*")
                .allow(
                        HttpMethod.GET,
                        Role.VIEWER,
                        "/api/v1/enrollment-groups/*/manifest",
                        "/api/v1/enrollment-groups/*/manifest/*")
                .allow(
                        HttpMethod.POST,
                        Role.INTEGRATOR,
                        "/api/v1/enrollment-groups/*/manifest:import",
                        "/api/v1/enrollment-groups/*/claim-tokens")
                .allow(
                        HttpMethod.DELETE,
                        Role.INTEGRATOR,
                        "/api/v1/enrollment-groups/*/manifest",
                        "/api/v1/enrollment-groups/*/manifest/*")
                .allow(
                        HttpMethod.GET,
                        Role.VIEWER,
                        "/api/v1/certificate-authorities",
                        "/api/v1/certificate-authorities/*")
                .allow(HttpMethod.PUT, Role.INTEGRATOR, "/api/v1/certificate-authorities/*")
                .allow(HttpMethod.POST, Role.INTEGRATOR, "/api/v1/certificate-authorities/*")
                .allow(HttpMethod.DELETE, Role.INTEGRATOR, "/api/v1/certificate-authorities/*")
                .allow(HttpMethod.GET, Role.VIEWER, "/api/v1/certificates", "/api/v1/certificates/*")
                .allow(HttpMethod.POST, Role.INTEGRATOR, "/api/v1/certificates/*")
                .allow(HttpMethod.GET, Role.VIEWER, "/api/v1/enrollment-groups/*/assignments")
                .allow(HttpMethod.GET, Role.VIEWER, "/api/v1/registrations", "/api/v1/registrations/*");
    }
}
