package io.warren.simulator.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class DiagnosticsTest {

    private final HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    private final HttpClient http = HttpClient.newHttpClient();
    private final AtomicReference<byte[]> received = new AtomicReference<>(new byte[0]);

    DiagnosticsTest() throws IOException {
        server.createContext("/wanted", exchange -> {
            received.set(exchange.getRequestBody().readAllBytes());
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void close() {
        http.close();
        server.stop(0);
    }

    @Test
    void aDeviceSendsWhatItKnowsOfItself() throws Exception {
        CommandAnswer answer = new Diagnostics(http).send(url("/wanted"), Map.of("firmware", "2.4.0"));

        assertThat(answer.status()).isEqualTo("succeeded");
        try (GZIPInputStream bundle = new GZIPInputStream(new ByteArrayInputStream(received.get()))) {
            assertThat(new String(bundle.readAllBytes(), StandardCharsets.UTF_8))
                    .contains("2.4.0");
        }
    }

    @Test
    void anUploadThatIsRefusedIsSaidToHaveFailed() throws Exception {
        assertThat(new Diagnostics(http).send(url("/other"), Map.of()).error()).contains("404");
        assertThat(new Diagnostics(http).send("", Map.of()).status()).isEqualTo("failed");
    }

    private String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }
}
