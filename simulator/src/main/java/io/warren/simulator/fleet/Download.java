package io.warren.simulator.fleet;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.function.LongConsumer;

/**
 * One artifact on its way to the device. It is hashed and thrown away, since nothing is to be flashed; after an interruption
 * {@link #proceed} goes on where it stopped (RFC 9110, section 14).
 */
final class Download {

    private static final int PARTIAL_CONTENT = 206;
    private static final int OK = 200;
    private static final int CHUNK = 16 * 1024;

    private final HttpClient http;
    private final FirmwareJob.Artifact artifact;
    private final MessageDigest digest = sha256();
    private long received;
    private String etag = "";

    Download(HttpClient http, FirmwareJob.Artifact artifact) {
        this.http = http;
        this.artifact = artifact;
    }

    boolean isComplete() {
        return received >= artifact.size();
    }

    /** Whether the bytes are those that were announced; asked once, when complete. */
    boolean isGenuine() {
        return received == artifact.size()
                && HexFormat.of().formatHex(digest.digest()).equalsIgnoreCase(artifact.sha256());
    }

    /**
     * Receives what is still missing.
     *
     * @param upTo stops at this many bytes, as if the network had gone
     * @param progress is told of the bytes received so far
     */
    void proceed(long upTo, LongConsumer progress) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(artifact.url())
                .timeout(Duration.ofSeconds(30))
                .GET();
        if (received > 0) {
            request.header("Range", "bytes=%d-".formatted(received));
            if (!etag.isEmpty()) {
                request.header("If-Range", etag);
            }
        }
        HttpResponse<InputStream> response = http.send(request.build(), BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            if (response.statusCode() == OK) {
                digest.reset();
                received = 0;
            } else if (response.statusCode() != PARTIAL_CONTENT) {
                throw new IOException("The download was answered " + response.statusCode());
            }
            etag = response.headers().firstValue("ETag").orElse("");
            byte[] chunk = new byte[CHUNK];
            for (int read = read(body, chunk, upTo); read > 0; read = read(body, chunk, upTo)) {
                digest.update(chunk, 0, read);
                received += read;
                progress.accept(received);
            }
        }
    }

    private int read(InputStream body, byte[] chunk, long upTo) throws IOException {
        return body.read(chunk, 0, Math.clamp(upTo - received, 0, CHUNK));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every Java", e);
        }
    }
}
