package io.warren.simulator.fleet;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;

/** Serves one file of 100 kB over HTTP, in ranges too. */
final class FileServer implements AutoCloseable {

    static final int SIZE = 100_000;

    private final HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    private final List<String> ranges = new CopyOnWriteArrayList<>();
    private final Random random = new Random(1);
    private final byte[] content = new byte[SIZE];

    FileServer() throws IOException {
        change();
        server.createContext("/firmware.bin", this::serve);
        server.start();
    }

    /** Replaces the file by another one of the same size. */
    void change() {
        random.nextBytes(content);
    }

    FirmwareJob.Artifact artifact() {
        return new FirmwareJob.Artifact("firmware.bin", uri("/firmware.bin"), SIZE, sha256());
    }

    FirmwareJob.Artifact missing() {
        return new FirmwareJob.Artifact("nothing.bin", uri("/nothing.bin"), SIZE, sha256());
    }

    /** The Range header of each request, empty where there was none. */
    List<String> ranges() {
        return ranges;
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String range =
                    Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst("Range"), "");
            ranges.add(range);
            String etag = '"' + sha256() + '"';
            exchange.getResponseHeaders().set("ETag", etag);
            boolean partial =
                    !range.isEmpty() && etag.equals(exchange.getRequestHeaders().getFirst("If-Range"));
            int from = partial ? Integer.parseInt(range.substring("bytes=".length(), range.length() - 1)) : 0;
            exchange.sendResponseHeaders(partial ? 206 : 200, SIZE - from);
            exchange.getResponseBody().write(content, from, SIZE - from);
        } catch (IOException e) {
            // the client has hung up, as it should in some tests
        }
    }

    private String sha256() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
