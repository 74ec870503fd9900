package io.warren.gateway;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A service that is not ours, behind the gateway: it answers its own name, or what a test gives it to do. */
public final class Upstream {

    private final String name;
    private final HttpServer server;
    private final AtomicReference<HttpHandler> handler = new AtomicReference<>();
    private final AtomicReference<@Nullable Received> last = new AtomicReference<>();

    Upstream(String name) {
        this.name = name;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            last.set(Received.of(exchange));
            // what a handler throws hangs up, in the middle of an answer if need be
            handler.get().handle(exchange);
            exchange.close();
        });
        reset();
        server.start();
    }

    /** Where it listens. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** From now on it answers this way. */
    public void answer(HttpHandler answer) {
        handler.set(answer);
    }

    /** What came last. */
    public Received received() {
        return Objects.requireNonNull(last.get(), name + " was asked nothing");
    }

    /** Whether anything came since the last reset. */
    public boolean wasAsked() {
        return last.get() != null;
    }

    /** Back to answering its name, with nothing received. */
    public void reset() {
        last.set(null);
        handler.set(exchange -> {
            exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
            write(exchange, 200, "text/plain", name);
        });
    }

    /** Sends an answer with a length. */
    public static void write(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, head || bytes.length == 0 ? -1 : bytes.length);
        if (!head) {
            exchange.getResponseBody().write(bytes);
        }
    }

    /** A request as it arrived. */
    public record Received(String method, String uri, Map<String, List<String>> headers) {

        static Received of(HttpExchange exchange) {
            Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            headers.putAll(exchange.getRequestHeaders());
            return new Received(
                    exchange.getRequestMethod(), exchange.getRequestURI().toString(), headers);
        }

        /** The only value of a header. */
        public String header(String name) {
            List<String> values = headers.getOrDefault(name, List.of());
            if (values.size() != 1) {
                throw new AssertionError(name + " has the values " + values);
            }
            return values.getFirst();
        }
    }
}
