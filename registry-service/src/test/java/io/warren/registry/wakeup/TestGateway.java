package io.warren.registry.wakeup;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.warren.testing.tls.TestCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A gateway for short messages that takes them at {@code /ok}, and has other moods at other paths. */
final class TestGateway {

    static final TestCertificate CERTIFICATE = TestCertificate.generate();

    private final List<Taken> taken = new CopyOnWriteArrayList<>();
    private final HttpsServer server;

    TestGateway() {
        try {
            server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        server.setHttpsConfigurator(new HttpsConfigurator(CERTIFICATE.server()));
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    String url(String mood) {
        return "https://localhost:" + server.getAddress().getPort() + "/" + mood;
    }

    /** What was taken for the devices of a tenant, at whatever path. */
    List<Taken> takenFor(String tenant) {
        return taken.stream()
                .filter(each -> each.body().at("/tenant").asString().equals(tenant))
                .toList();
    }

    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        taken.add(new Taken(
                exchange.getRequestURI().getPath(),
                exchange.getRequestHeaders().getFirst("Warren-Signature"),
                exchange.getRequestHeaders().getFirst("Idempotency-Key"),
                body,
                JsonMapper.shared().readTree(body)));
        switch (exchange.getRequestURI().getPath()) {
            case "/ok" -> exchange.sendResponseHeaders(204, -1);
            case "/busy" -> {
                exchange.getResponseHeaders().set("Retry-After", "600");
                exchange.sendResponseHeaders(429, -1);
            }
            case "/elsewhere" -> {
                exchange.getResponseHeaders().set("Location", "/ok");
                exchange.sendResponseHeaders(307, -1);
            }
            case "/stranger" -> exchange.sendResponseHeaders(422, -1);
            case "/endless" -> endless(exchange);
            default -> exchange.sendResponseHeaders(500, -1);
        }
        exchange.close();
    }

    /** Says yes and goes on for ever. */
    private static void endless(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        while (true) {
            exchange.getResponseBody().write(new byte[8_192]);
        }
    }

    /** A request. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Taken(String path, String signature, String idempotencyKey, byte[] bytes, JsonNode body) {}
}
