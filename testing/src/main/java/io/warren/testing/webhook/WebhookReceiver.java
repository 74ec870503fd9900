package io.warren.testing.webhook;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.warren.testing.tls.TestCertificate;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A server of localhost that takes JSON over HTTPS, writes down what it was sent and answers as it is told for each path. */
public final class WebhookReceiver implements AutoCloseable {

    private static final TestCertificate CERTIFICATE = TestCertificate.generate();

    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpsServer server;

    /** Starts one on a free port. */
    public WebhookReceiver() {
        try {
            server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        server.setHttpsConfigurator(new HttpsConfigurator(CERTIFICATE.server()));
        server.setExecutor(threads);
        server.start();
    }

    /** The PEM file of the certificate that all of them show, which has to be trusted. */
    public static Path certificate() {
        return CERTIFICATE.certificate();
    }

    /**
     * Says what is answered at a path.
     *
     * @param path begins with a slash; whatever begins with it is answered so
     * @return the address of the path
     */
    public String at(String path, HttpHandler answer) {
        server.createContext(path, exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            received.add(new Received(
                    exchange.getRequestURI().getPath(),
                    exchange.getRequestHeaders().getFirst("Warren-Signature"),
                    exchange.getRequestHeaders().getFirst("Idempotency-Key"),
                    new String(body, StandardCharsets.UTF_8)));
            exchange.setStreams(new ByteArrayInputStream(body), null);
            try (exchange) {
                answer.handle(exchange);
            }
        });
        return "https://localhost:" + server.getAddress().getPort() + path;
    }

    /** Answers with a status and a body, which may be empty. */
    public static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
    }

    /** What has come so far, in order. */
    public List<Received> received() {
        return List.copyOf(received);
    }

    /** What has come so far for a path. */
    public List<Received> received(String path) {
        return received.stream().filter(each -> each.path().equals(path)).toList();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    /** A request. */
    public record Received(String path, String signature, String idempotencyKey, String text) {

        /** Its body. */
        public JsonNode json() {
            return JsonMapper.shared().readTree(text);
        }
    }
}
