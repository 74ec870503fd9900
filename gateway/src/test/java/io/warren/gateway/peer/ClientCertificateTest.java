package io.warren.gateway.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.awaitility.Awaitility.await;

import io.warren.gateway.RunningGateway;
import io.warren.gateway.Upstream.Received;
import io.warren.platform.clientcertificate.ClientCertFields;
import io.warren.testing.tls.ClientIdentity;
import io.warren.testing.tls.TestAuthority;
import io.warren.testing.tls.TestCertificate;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With no proxy in front: what arrives of a client's certificate is what the handshake has shown, and nothing else. */
class ClientCertificateTest extends RunningGateway {

    private static final String REGISTER = "/bootstrap/v1/register";
    private static final TestAuthority FACTORY = TestAuthority.generate();
    private static final ClientIdentity PUMP = FACTORY.identify("CN=A-1742,O=Pumps");
    private static final String FORGED =
            ClientCertFields.item(FACTORY.identify("CN=forged").certificate());

    @ParameterizedTest
    @ValueSource(strings = {REGISTER, "/bootstrap/v1/register/1", "/.well-known/est/acme/simpleenroll"})
    void theCertificateOfTheConnectionArrivesWithItsChain(String path) throws Exception {
        send(PUMP, request(path).POST(BodyPublishers.ofString("{}")));

        assertThat(certificates(PROVISIONING.received())).isEqualTo(PUMP.chain());
        assertThat(PROVISIONING.received().header("Forwarded")).isEqualTo("for=127.0.0.1");
    }

    @Test
    void onlyWhereAnIdentityIsGivenOutItArrives() throws Exception {
        send(PUMP, request(BOOTSTRAP_KEY, "/api/v1/enrollments"));
        assertThat(PROVISIONING.received().headers())
                .doesNotContainKeys("Client-Cert", "Client-Cert-Chain", "Forwarded");
        send(PUMP, request("/pki/v1/ca.pem"));
        assertThat(PROVISIONING.received().headers())
                .doesNotContainKeys("Client-Cert", "Client-Cert-Chain", "Forwarded");
        send(PUMP, request(BOOTSTRAP_KEY, "/api/v1/devices"));
        assertThat(REGISTRY.received().headers()).doesNotContainKeys("Client-Cert", "Client-Cert-Chain", "Forwarded");
    }

    @Test
    void whoHasNoneNeedsNone() throws Exception {
        assertThat(send(request(REGISTER).POST(BodyPublishers.ofString("{}"))).statusCode())
                .isEqualTo(200);
        assertThat(PROVISIONING.received().headers()).doesNotContainKeys("Client-Cert", "Client-Cert-Chain");
        assertThat(PROVISIONING.received().header("Forwarded")).isEqualTo("for=127.0.0.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Client-Cert", "client-cert", "CLIENT-CERT", "cLiEnT-cErT"})
    void whatAnOutsiderWritesNeverArrives(String name) throws Exception {
        send(request(REGISTER)
                .header(name, FORGED)
                .header("Client-Cert-Chain", FORGED)
                .header("Forwarded", "for=192.0.2.1")
                .header("X-Forwarded-For", "192.0.2.1")
                .POST(BodyPublishers.ofString("{}")));
        assertNothingForged();

        send(request(REGISTER).header(name, FORGED).header(name, FORGED).POST(BodyPublishers.ofString("{}")));
        assertNothingForged();

        send(PUMP, request(REGISTER).header(name, FORGED).POST(BodyPublishers.ofString("{}")));
        assertThat(certificates(PROVISIONING.received())).isEqualTo(PUMP.chain());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Connection: close, client-cert\r\nClient-Cert: {}\r\nContent-Length: 2\r\n\r\n{}",
                "Connection: close, forwarded\r\nForwarded: for=192.0.2.1\r\nContent-Length: 2\r\n\r\n{}",
                "Connection: close\r\nTrailer: Client-Cert\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\nClient-Cert: {}\r\n\r\n",
                "Connection: close\r\nClient-Cert: {}\r\nclient-cert: {}\r\nClient-Cert-Chain: {}\r\nContent-Length: 2\r\n\r\n{}",
                "Connection: close\r\nClient-Cert:\r\n\t{}\r\nContent-Length: 2\r\n\r\n{}",
                "Connection: close\r\nClient-Cert : {}\r\nContent-Length: 2\r\n\r\n{}",
                "Connection: close\r\nX-Client-Cert: {}\r\nX-SSL-Client-Cert: {}\r\nContent-Length: 2\r\n\r\n{}"
            })
    void norHoweverItIsWrittenOnTheWire(String rest) throws Exception {
        raw("POST " + REGISTER + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + rest.replace(": {}", ": " + FORGED).replace("\t{}", "\t" + FORGED));
        if (PROVISIONING.wasAsked()) {
            assertNothingForged();
        }
    }

    @Test
    void whatADeviceSignsInWithForEstGoesOnBesideOurToken() throws Exception {
        send(request("/.well-known/est/acme/simpleenroll")
                .header("Authorization", "Basic cHVtcA==")
                .header("Warren-Device-Authorization", "Basic Zm9yZ2Vk")
                .POST(BodyPublishers.ofString("")));
        assertThat(PROVISIONING.received().header("Authorization")).startsWith("Bearer ");
        assertThat(PROVISIONING.received().header("Warren-Device-Authorization"))
                .isEqualTo("Basic cHVtcA==");

        send(post(request(BOOTSTRAP_KEY, REGISTER), "{}"));
        assertThat(PROVISIONING.received().headers()).doesNotContainKey("Warren-Device-Authorization");
        send(request(BOOTSTRAP_KEY, "/api/v1/enrollments").header("Warren-Device-Authorization", "Basic Zm9yZ2Vk"));
        assertThat(PROVISIONING.received().headers()).doesNotContainKey("Warren-Device-Authorization");
    }

    @Test
    void anExpiredCertificateAndOneOfOurselvesArriveToBeJudged() throws Exception {
        ClientIdentity expired = FACTORY.identify("CN=old", "-startdate", "-10d", "-validity", "5");
        send(expired, request(REGISTER).POST(BodyPublishers.ofString("{}")));
        assertThat(certificates(PROVISIONING.received())).isEqualTo(expired.chain());
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aSessionThatIsTakenUpAgainIsTheSameClients(String version) throws Exception {
        SSLContext context = PUMP.client(CERTIFICATE.certificate());
        for (int i = 0; i < 3; i++) {
            PROVISIONING.reset();
            try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("localhost", securePort())) {
                socket.setEnabledProtocols(new String[] {version});
                socket.getOutputStream()
                        .write(("GET " + REGISTER + "/1 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
                assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                        .startsWith("HTTP/1.1 200");
            }
            assertThat(certificates(PROVISIONING.received())).isEqualTo(PUMP.chain());
        }
    }

    @Test
    void oneWhoseKeyTheClientDoesNotHaveOpensNoConnection() {
        ClientIdentity thief = new ClientIdentity(FACTORY.identify("CN=thief").key(), PUMP.chain());
        assertThatException().isThrownBy(() -> send(thief, request(REGISTER).POST(BodyPublishers.ofString("{}"))));
        assertThat(PROVISIONING.wasAsked()).isFalse();
    }

    @Test
    void aChangeOfTheGatewaysOwnCertificateChangesNothing() throws Exception {
        TestCertificate next = TestCertificate.generate();
        byte[] certificate = Files.readAllBytes(CERTIFICATE.certificate());
        byte[] key = Files.readAllBytes(CERTIFICATE.key());
        try {
            put(Files.readAllBytes(next.key()), CERTIFICATE.key());
            put(Files.readAllBytes(next.certificate()), CERTIFICATE.certificate());
            await().atMost(Duration.ofSeconds(40)).until(() -> isShown(next.trust()));

            try (HttpClient client = HttpClient.newBuilder()
                    .sslContext(PUMP.client(next.certificate()))
                    .build()) {
                client.send(
                        request(REGISTER).POST(BodyPublishers.ofString("{}")).build(), BodyHandlers.ofString());
            }
            assertThat(certificates(PROVISIONING.received())).isEqualTo(PUMP.chain());
        } finally {
            put(key, CERTIFICATE.key());
            put(certificate, CERTIFICATE.certificate());
            await().atMost(Duration.ofSeconds(40)).until(() -> isShown(CERTIFICATE.trust()));
        }
    }

    private boolean isShown(SSLContext trust) {
        try (SSLSocket socket = (SSLSocket) trust.getSocketFactory().createSocket("localhost", securePort())) {
            socket.startHandshake();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static void put(byte[] content, Path file) throws IOException {
        Path draft = Files.write(Path.of(file + ".new"), content);
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void assertNothingForged() {
        Received received = PROVISIONING.received();
        assertThat(received.headers()).doesNotContainKeys("Client-Cert", "Client-Cert-Chain", "X-Client-Cert");
        assertThat(received.header("Forwarded")).isEqualTo("for=127.0.0.1");
        assertThat(received.headers().values().stream().flatMap(List::stream))
                .noneMatch(value -> value.contains(FORGED));
        PROVISIONING.reset();
    }

    private static List<X509Certificate> certificates(Received received) {
        return ClientCertFields.read(
                List.of(received.header("Client-Cert")), List.of(received.header("Client-Cert-Chain")));
    }

    private static HttpResponse<String> send(ClientIdentity identity, HttpRequest.Builder request)
            throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newBuilder()
                .sslContext(identity.client(CERTIFICATE.certificate()))
                .build()) {
            return client.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
        }
    }
}
