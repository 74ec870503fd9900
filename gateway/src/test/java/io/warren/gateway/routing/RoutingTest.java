package io.warren.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import io.warren.gateway.RunningGateway;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoutingTest extends RunningGateway {

    @ParameterizedTest
    @CsvSource({
        "/api/v1/tenants/acme, registry",
        "/api/v1/usage, registry",
        "/api/v1/groups/pilot:add, registry",
        "/api/v1/groups/pilot/members, registry",
        "/api/v1/device-types, registry",
        "/api/v1/device-types/pump, registry",
        "/api/v1/wake-up-channels, registry",
        "/api/v1/wake-up-channels/sms, registry",
        "/api/v1/configurations, registry",
        "/api/v1/configurations/winter, registry",
        "/api/v1/configurations:preview, registry",
        "/api/v1/devices, registry",
        "/api/v1/devices/pump-17, registry",
        "/api/v1/devices/pump-17/credentials, registry",
        "/api/v1/devices/pump-17/commands?wait=30, registry",
        "/api/v1/devices/pump-17/diagnostics/7d1f2c3e-0a55-4c0e-9d0a-3f6f1f0f4b11/content, registry",
        "/api/v1/devices:export, registry",
        "/api/v1/commands?batch=7d1f2c3e-0a55-4c0e-9d0a-3f6f1f0f4b11, registry",
        "/api/v1/commands:batch, registry",
        "/api/v1/jobs/7d1f2c3e-0a55-4c0e-9d0a-3f6f1f0f4b11:cancel, registry",
        "/api/v1/devices/pump-17/telemetry, telemetry",
        "/api/v1/devices/pump-17/telemetry/latest, telemetry",
        "/api/v1/telemetry/rejected, telemetry",
        "/api/v1/devices/pump-17/logs?level=warn, telemetry",
        "/api/v1/logs, telemetry",
        "/api/v1/devices/pump-17/events, telemetry",
        "/api/v1/events?type=door, telemetry",
        "/api/v1/telemetry:query, telemetry",
        "/api/v1/devices/pump-17/deployments, firmware",
        "/api/v1/artifacts/a1, firmware",
        "/api/v1/releases/r1:release, firmware",
        "/api/v1/enrollments, provisioning",
        "/api/v1/registrations, provisioning",
        "/api/v1/registrations/7d1f2c3e-0a55-4c0e-9d0a-3f6f1f0f4b11:approve, provisioning",
        "/api/v1/enrollment-groups, provisioning",
        "/api/v1/enrollment-groups:export, provisioning",
        "/api/v1/enrollment-groups:import, provisioning",
        "/api/v1/enrollment-groups/pumps, provisioning",
        "/api/v1/enrollment-groups/pumps:rotate, provisioning",
        "/api/v1/enrollment-groups/pumps/denied/pump-17, provisioning",
        "/api/v1/enrollment-groups/pumps/manifest:import, provisioning",
        "/api/v1/certificate-authorities/factory:verify, provisioning",
        "/api/v1/certificates/0a1b:revoke, provisioning",
    })
    void a_path_belongs_to_one_service(String path, String service) throws Exception {
        HttpResponse<String> response = send(request(BOOTSTRAP_KEY, path));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(service);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/pki/v1/ca.pem",
                "/pki/v1/issuing-1.crl",
                "/pki/v1/ocsp/MEUwQw==",
                "/.well-known/est/acme/cacerts",
                "/bootstrap/v1/register/1"
            })
    void what_is_for_those_without_an_identity_needs_no_key_on_either_port(String path) throws Exception {
        assertThat(send(request(path)).body()).isEqualTo("provisioning");
        assertThat(send(plainRequest(path)).body()).isEqualTo("provisioning");
        SignedJWT token =
                SignedJWT.parse(PROVISIONING.received().header("Authorization").substring("Bearer ".length()));
        assertThat(token.getJWTClaimsSet().getSubject()).isEqualTo("anonymous");
    }

    @Test
    void a_request_goes_on_with_a_token_that_the_published_keys_verify() throws Exception {
        send(request(BOOTSTRAP_KEY, "/api/v1/devices").header("Warren-Tenant", "acme"));

        JWKSet keys = JWKSet.parse(send(plainRequest("/internal/jwks.json")).body());
        SignedJWT token =
                SignedJWT.parse(REGISTRY.received().header("Authorization").substring("Bearer ".length()));
        assertThat(token.verify(new ECDSAVerifier(
                        keys.getKeyByKeyId(token.getHeader().getKeyID()).toECKey())))
                .isTrue();
        assertThat(keys.getKeys()).allMatch(key -> !key.isPrivate());
        assertThat(token.getJWTClaimsSet().getIssuer()).isEqualTo("warren-gateway");
        assertThat(token.getJWTClaimsSet().getAudience()).containsExactly("warren");
        assertThat(token.getJWTClaimsSet().getSubject()).isEqualTo("bootstrap");
        assertThat(token.getJWTClaimsSet().getStringClaim("role")).isEqualTo("platform-admin");
        assertThat(token.getJWTClaimsSet().getStringClaim("tenant")).isEqualTo("acme");
    }
}
