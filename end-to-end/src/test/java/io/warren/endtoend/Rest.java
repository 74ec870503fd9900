package io.warren.endtoend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** The REST API over HTTPS, with one key or none. */
final class Rest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpClient client;
    private final TrustManagerFactory trust;
    private final String base;
    private final Map<String, String> headers;

    /** Without a key. */
    Rest(String base, TrustManagerFactory trust) {
        this(client(null, trust), trust, base, Map.of());
    }

    private Rest(HttpClient client, TrustManagerFactory trust, String base, Map<String, String> headers) {
        this.client = client;
        this.trust = trust;
        this.base = base;
        this.headers = Map.copyOf(headers);
    }

    /** The same with a key. */
    Rest withKey(String key) {
        return with("Authorization", "Bearer " + key);
    }

    /** The same with a header more. */
    Rest with(String header, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(header, value);
        return new Rest(client, trust, base, more);
    }

    /** The same over connections in which the caller shows a certificate. */
    Rest withCertificate(KeyManagerFactory keys) {
        return new Rest(client(keys, trust), trust, base, headers);
    }

    Answer get(String path) {
        return send("GET", path, BodyPublishers.noBody(), "application/json");
    }

    Answer post(String path, String json) {
        return send("POST", path, BodyPublishers.ofString(json), "application/json");
    }

    Answer post(String path, byte[] body) {
        return send("POST", path, BodyPublishers.ofByteArray(body), "application/octet-stream");
    }

    Answer post(String path, String body, String contentType) {
        return send("POST", path, BodyPublishers.ofString(body), contentType);
    }

    Answer put(String path, String json) {
        return send("PUT", path, BodyPublishers.ofString(json), "application/json");
    }

    Answer patch(String path, String json) {
        return send("PATCH", path, BodyPublishers.ofString(json), "application/merge-patch+json");
    }

    Answer delete(String path) {
        return send("DELETE", path, BodyPublishers.noBody(), "application/json");
    }

    private Answer send(String method, String path, BodyPublisher body, String contentType) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(path.startsWith("http") ? path : base + path))
                .timeout(PATIENCE)
                .method(method, body)
                .header("Content-Type", contentType);
        headers.forEach(request::header);
        try {
            return new Answer(method + " " + path, client.send(request.build(), BodyHandlers.ofByteArray()));
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static HttpClient client(@Nullable KeyManagerFactory keys, TrustManagerFactory trust) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys == null ? null : keys.getKeyManagers(), trust.getTrustManagers(), null);
            return HttpClient.newBuilder()
                    .sslContext(context)
                    .connectTimeout(Duration.ofSeconds(10))
                    .build();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
