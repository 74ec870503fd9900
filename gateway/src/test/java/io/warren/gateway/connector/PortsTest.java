package io.warren.gateway.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.warren.gateway.RunningGateway;
import java.net.http.HttpResponse;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PortsTest extends RunningGateway {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/internal/jwks.json",
                "/actuator/health",
                "/actuator/health/liveness",
                "/actuator/health/readiness",
                "/actuator/prometheus"
            })
    void what_is_for_the_inside_is_on_the_plain_port_only(String path) throws Exception {
        assertThat(send(plainRequest(path)).statusCode()).isEqualTo(200);
        assertProblem(send(request(BOOTSTRAP_KEY, path)), 404, "not-found");
        assertProblem(send(request(path)), 404, "not-found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/actuator/env", "/actuator/heapdump", "/internal/other"})
    void nothing_else_is_on_either(String path) throws Exception {
        assertProblem(send(plainRequest(path)), 404, "not-found");
    }

    @Test
    void a_proxy_is_not_believed_that_it_came_in_plain_text() throws Exception {
        assertProblem(send(request("/internal/jwks.json").header("X-Forwarded-Proto", "http")), 404, "not-found");
    }

    @Test
    void the_api_is_on_the_plain_port_as_well() throws Exception {
        assertThat(send(plainRequest("/api/v1/devices").header("Authorization", "Bearer " + BOOTSTRAP_KEY))
                        .body())
                .isEqualTo("registry");
    }

    @Test
    void old_versions_of_tls_are_refused() throws Exception {
        try (SSLSocket socket =
                (SSLSocket) CERTIFICATE.trust().getSocketFactory().createSocket("localhost", securePort())) {
            socket.setEnabledProtocols(new String[] {"TLSv1.1"});
            assertThatExceptionOfType(SSLHandshakeException.class).isThrownBy(socket::startHandshake);
        }
        for (String version : new String[] {"TLSv1.2", "TLSv1.3"}) {
            try (SSLSocket socket =
                    (SSLSocket) CERTIFICATE.trust().getSocketFactory().createSocket("localhost", securePort())) {
                socket.setEnabledProtocols(new String[] {version});
                socket.startHandshake();
                assertThat(socket.getSession().getProtocol()).isEqualTo(version);
            }
        }
    }

    @Test
    void answers_carry_the_headers_that_browsers_heed_and_open_no_session() throws Exception {
        HttpResponse<String> response = send(request(BOOTSTRAP_KEY, "/api/v1/devices"));
        assertThat(response.headers().firstValue("strict-transport-security")).isPresent();
        assertThat(response.headers().firstValue("x-content-type-options")).hasValue("nosniff");
        assertThat(response.headers().firstValue("x-frame-options")).hasValue("DENY");
        assertThat(response.headers().firstValue("set-cookie")).isEmpty();
        assertThat(response.headers().firstValue("server")).isEmpty();
    }
}
