package io.warren.simulator.enrollment;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.warren.simulator.enrollment.Newcomer.Outcome;
import io.warren.simulator.installation.Installation;
import io.warren.simulator.installation.Trust;
import io.warren.testing.tls.TestCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A device at a door that answers what the test has laid ready. */
class NewcomerTest {

    private static final TestCertificate CERTIFICATE = TestCertificate.generate();
    private static final FactoryDevice DEVICE = FactoryGroup.of("pumps", "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY")
            .device("pump-17");

    private record Laid(int status, int retryAfterSeconds, String body) {}

    private final Queue<Laid> answers = new ArrayDeque<>();
    private final List<JsonNode> requests = new ArrayList<>();
    private final List<Long> times = new ArrayList<>();
    private HttpsServer server;
    private BootstrapDoor door;

    @BeforeEach
    void open() throws IOException {
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(CERTIFICATE.server()));
        server.createContext("/bootstrap/v1/register", exchange -> {
            try (exchange) {
                times.add(System.nanoTime());
                requests.add(
                        JsonMapper.shared().readTree(exchange.getRequestBody().readAllBytes()));
                Laid laid = answers.remove();
                byte[] body = laid.body().getBytes(StandardCharsets.UTF_8);
                if (laid.retryAfterSeconds() > 0) {
                    exchange.getResponseHeaders().set("Retry-After", String.valueOf(laid.retryAfterSeconds()));
                }
                exchange.sendResponseHeaders(laid.status(), body.length);
                exchange.getResponseBody().write(body);
            }
        });
        server.start();
        URI address = URI.create("https://localhost:" + server.getAddress().getPort());
        door = new BootstrapDoor(
                new Installation(
                        address, address, "acme", "key", Trust.inPem(Files.readString(CERTIFICATE.certificate()))),
                4);
    }

    @AfterEach
    void close() throws IOException {
        door.close();
        server.stop(0);
    }

    @Test
    void aDeviceComesBackWhenItIsToldToAndNotBefore() throws Exception {
        answers.add(new Laid(503, 1, "{}"));
        answers.add(new Laid(202, 1, "{\"status\":\"pending-approval\"}"));
        answers.add(new Laid(200, 0, "{\"status\":\"registered\"}"));

        assertThat(boot()).isEqualTo(new Outcome(2, 0, null));
        assertThat(times.get(1) - times.get(0)).isGreaterThanOrEqualTo(1_000_000_000L);
        assertThat(times.get(2) - times.get(1)).isGreaterThanOrEqualTo(1_000_000_000L);
        assertThat(requests).hasSize(3).allMatch(requests.getFirst()::equals);
    }

    @Test
    void aRefusalForGoodIsTheEnd() throws Exception {
        answers.add(new Laid(401, 0, "{\"detail\":\"The key is not valid.\"}"));

        assertThat(boot()).isEqualTo(new Outcome(0, 0, "401 The key is not valid."));
    }

    @Test
    void aFailureThatDoesNotSayWhenToComeIsNoRefusal() throws Exception {
        answers.add(new Laid(500, 0, "{\"detail\":\"Something failed inside.\"}"));
        answers.add(new Laid(429, 0, ""));
        answers.add(new Laid(200, 0, "{\"status\":\"registered\"}"));

        assertThat(boot()).isEqualTo(new Outcome(2, 0, null));
        assertThat(times.get(1) - times.get(0)).isGreaterThanOrEqualTo(500_000_000L);
    }

    @Test
    void whoBelongsElsewhereHasNoIdentity() throws Exception {
        answers.add(new Laid(200, 0, "{\"status\":\"assigned\",\"platform\":{\"url\":\"https://eu.example.com\"}}"));

        assertThat(boot()).isEqualTo(new Outcome(0, 0, "belongs to https://eu.example.com"));
    }

    @Test
    void whatItSaysIsWhatTheProtocolAsksFor() throws Exception {
        answers.add(new Laid(200, 0, "{}"));

        boot();

        assertThat(requests.getFirst().at("/tenant").stringValue()).isEqualTo("acme");
        assertThat(requests.getFirst().at("/deviceId").stringValue()).isEqualTo("pump-17");
        assertThat(requests.getFirst().at("/attestation/kind").stringValue()).isEqualTo("symmetric-key");
        assertThat(requests.getFirst().at("/attestation/group").stringValue()).isEqualTo("pumps");
        assertThat(requests.getFirst().at("/attestation/token").stringValue()).hasSize(43);
    }

    private Outcome boot() throws InterruptedException {
        return new Newcomer(DEVICE, door, new SplittableRandom(1)).boot();
    }
}
