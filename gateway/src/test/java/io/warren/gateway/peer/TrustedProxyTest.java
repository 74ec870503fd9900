package io.warren.gateway.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.warren.gateway.RunningGateway;
import io.warren.gateway.Upstream;
import io.warren.platform.clientcertificate.ClientCertFields;
import io.warren.testing.tls.ClientIdentity;
import io.warren.testing.tls.TestAuthority;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.context.TestPropertySource;

/** Behind a proxy that ends TLS, which here is whoever calls. */
@TestPropertySource(
        properties = {
            "warren.client-certificates.trusted-proxies=127.0.0.1, 192.0.2.0/24",
            "warren.client-certificates.address-field=forwarded"
        })
class TrustedProxyTest extends RunningGateway {

    private static final String REGISTER = "/bootstrap/v1/register";
    private static final TestAuthority FACTORY = TestAuthority.generate();
    private static final ClientIdentity PUMP = FACTORY.identify("CN=pump@acme");
    private static final ClientIdentity PROXY = FACTORY.identify("CN=proxy@acme");
    private static final String ITEM = ClientCertFields.item(PUMP.certificate());
    private static final String CHAIN =
            ClientCertFields.list(PUMP.chain().subList(1, PUMP.chain().size()));

    @Test
    void whatTheProxySaysGoesOn() throws Exception {
        send(post(request(REGISTER).header("Client-Cert", ITEM).header("Client-Cert-Chain", CHAIN), "{}"));
        assertThat(PROVISIONING.received().header("Client-Cert")).isEqualTo(ITEM);
        assertThat(PROVISIONING.received().header("Client-Cert-Chain")).isEqualTo(CHAIN);
    }

    @Test
    void theProxysOwnCertificateIsNobodysBehindIt() throws Exception {
        try (HttpClient client = HttpClient.newBuilder()
                .sslContext(PROXY.client(CERTIFICATE.certificate()))
                .build()) {
            HttpRequest.Builder request = request(REGISTER).POST(BodyPublishers.ofString("{}"));
            client.send(request.build(), BodyHandlers.ofString());
            assertThat(PROVISIONING.received().headers()).doesNotContainKey("Client-Cert");
            client.send(request.header("Client-Cert", ITEM).build(), BodyHandlers.ofString());
            assertThat(PROVISIONING.received().header("Client-Cert")).isEqualTo(ITEM);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "MIIB", ":MIIB:", ":!:", "::", "-----BEGIN CERTIFICATE-----"})
    void whatCannotBeReadIsMalformed(String value) throws Exception {
        assertProblem(send(post(request(REGISTER).header("Client-Cert", value), "{}")), 400, "malformed");
        assertProblem(send(request("/device/v1/identity").header("Client-Cert", value)), 400, "malformed");
        assertThat(PROVISIONING.wasAsked()).isFalse();
        assertThat(REGISTRY.wasAsked()).isFalse();
    }

    @Test
    void twoCertificatesAreMalformedAndSoIsAChainOfNone() throws Exception {
        assertProblem(
                send(post(request(REGISTER).header("Client-Cert", ITEM).header("Client-Cert", ITEM), "{}")),
                400,
                "malformed");
        assertProblem(send(post(request(REGISTER).header("Client-Cert-Chain", CHAIN), "{}")), 400, "malformed");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "for=198.51.100.7 | for=198.51.100.7",
                "for=\"198.51.100.7:4711\";proto=https;by=_x | for=198.51.100.7",
                "FOR=\"[2001:db8::17]:4711\" | for=\"[2001:db8:0:0:0:0:0:17]\"",
                "for=10.9.9.9, for=198.51.100.7 | for=198.51.100.7",
                "for=10.9.9.9, for=198.51.100.7, for=192.0.2.9 | for=198.51.100.7",
                "for=unknown | for=127.0.0.1",
                "for=_hidden, for=192.0.2.9 | for=192.0.2.9",
                "proto=https | for=127.0.0.1",
            })
    void theCallerIsWhereTheLastTrustedProxySawIt(String said, String expected) throws Exception {
        send(post(request(REGISTER).header("Forwarded", said).header("X-Forwarded-For", "203.0.113.1"), "{}"));
        assertThat(PROVISIONING.received().header("Forwarded")).isEqualTo(expected);
        assertThat(PROVISIONING.received().headers()).doesNotContainKey("X-Forwarded-For");
    }

    @Test
    void aDeviceSignsInWithTheCertificateThatTheProxySaw() throws Exception {
        Queue<String> questions = new ConcurrentLinkedQueue<>();
        REGISTRY.answer(exchange -> {
            questions.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            Upstream.write(exchange, 200, "application/json", "{\"outcome\":\"ACCEPTED\"}");
        });
        assertThat(send(request("/device/v1/identity")
                                .header("Client-Cert", ITEM)
                                .header("Forwarded", "for=198.51.100.7"))
                        .statusCode())
                .isEqualTo(200);
        assertThat(JSON.readTree(questions.element()).at("/username").asString())
                .isEqualTo("pump@acme");
        assertThat(JSON.readTree(questions.element()).at("/address").asString()).isEqualTo("198.51.100.7");
    }
}
