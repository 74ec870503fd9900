package io.warren.simulator.fleet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** What a device sends when it is asked what is wrong with it: a few lines, zipped, to the address that it is given. */
final class Diagnostics {

    private static final int SUCCESS = 2;

    private final HttpClient http;

    Diagnostics(HttpClient http) {
        this.http = http;
    }

    /** Sends a bundle; what is to be answered to the command. */
    CommandAnswer send(String url, Map<String, ?> state) throws InterruptedException {
        byte[] bundle = zipped(state.toString() + "\n");
        try {
            int status = http.send(
                            HttpRequest.newBuilder(URI.create(url))
                                    .timeout(Duration.ofSeconds(30))
                                    .header("Content-Type", "application/gzip")
                                    .PUT(BodyPublishers.ofByteArray(bundle))
                                    .build(),
                            BodyHandlers.discarding())
                    .statusCode();
            return status / 100 == SUCCESS
                    ? CommandAnswer.succeeded(Map.of("bytes", bundle.length))
                    : CommandAnswer.failed("The upload was answered " + status);
        } catch (IOException | IllegalArgumentException e) {
            return CommandAnswer.failed("The upload failed: " + e.getMessage());
        }
    }

    private static byte[] zipped(String text) {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(zipped)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return zipped.toByteArray();
    }
}
