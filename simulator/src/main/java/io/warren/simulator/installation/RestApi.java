package io.warren.simulator.installation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The REST API. A call blocks, for 30 s at most. */
public final class RestApi implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final URI base;
    private final @Nullable String apiKey;
    private final Duration persistence;
    private final HttpClient http;

    private RestApi(URI base, @Nullable String apiKey, Duration persistence, Trust trust) {
        this.persistence = persistence;
        this.base = base;
        this.apiKey = apiKey;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(5))
                .sslContext(trust.sslContext())
                .build();
    }

    /** The API for integrators, with the installation's key; what is answered "later" is repeated for up to 30 s. */
    public static RestApi forIntegrators(Installation installation) {
        return new RestApi(installation.url(), installation.apiKey(), PATIENCE, installation.trust());
    }

    /** The API for devices that have no identity yet; they have their own way of waiting. */
    public static RestApi forDevices(Installation installation) {
        return new RestApi(installation.httpsUrl(), null, Duration.ZERO, installation.trust());
    }

    /** Reads a resource. */
    public <T> T get(String path, Class<T> as) throws IOException, InterruptedException {
        return send("GET", path, BodyPublishers.noBody(), "application/json", as);
    }

    /** Sends JSON to a collection or an action. */
    public <T> T post(String path, Map<String, ?> body, Class<T> as) throws IOException, InterruptedException {
        return send("POST", path, json(body), "application/json", as);
    }

    /** Uploads bytes. */
    public <T> T upload(String path, byte[] body, Class<T> as) throws IOException, InterruptedException {
        return send("POST", path, BodyPublishers.ofByteArray(body), "application/octet-stream", as);
    }

    /** Makes or replaces a resource. */
    public void put(String path, Map<String, ?> body) throws IOException, InterruptedException {
        put(path, body, JsonNode.class);
    }

    /** Makes or replaces a resource, and tells what became of it. */
    public <T> T put(String path, Map<String, ?> body, Class<T> as) throws IOException, InterruptedException {
        return send("PUT", path, json(body), "application/json", as);
    }

    /** Removes a resource. */
    public void delete(String path) throws IOException, InterruptedException {
        send("DELETE", path, BodyPublishers.noBody(), "application/json", JsonNode.class);
    }

    private static BodyPublisher json(Map<String, ?> body) {
        return BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body));
    }

    private <T> T send(String method, String path, BodyPublisher body, String contentType, Class<T> as)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path))
                .method(method, body)
                .timeout(PATIENCE)
                .header("Accept", "application/json, application/problem+json")
                .header("Content-Type", contentType);
        if (apiKey != null) {
            request.header("Authorization", "Bearer " + apiKey);
        }
        HttpResponse<byte[]> response = send(request.build());
        long deadline = System.nanoTime() + persistence.toNanos();
        while (response.headers().firstValue("Retry-After").isPresent() && System.nanoTime() < deadline) {
            Thread.sleep(pause(response));
            response = send(request.build());
        }
        if (response.statusCode() >= 300) {
            throw new RefusedException(method + " " + path, response.statusCode(), detail(response.body()));
        }
        try {
            return JSON.readValue(response.body().length == 0 ? "{}".getBytes(UTF_8) : response.body(), as);
        } catch (JacksonException e) {
            throw new IOException("%s %s was answered with something unreadable".formatted(method, path), e);
        }
    }

    private HttpResponse<byte[]> send(HttpRequest request) throws IOException, InterruptedException {
        try {
            return http.send(request, BodyHandlers.ofByteArray());
        } catch (ConnectException e) {
            throw new IOException("Nothing answers at " + base, e);
        }
    }

    /** What a busy server asks for, within reason. */
    private static Duration pause(HttpResponse<?> response) {
        long seconds = response.headers().firstValueAsLong("Retry-After").orElse(1);
        return Duration.ofSeconds(Math.clamp(seconds, 1, 5));
    }

    /** What the problem says, or nothing if the answer is not one. */
    private static String detail(byte[] body) {
        try {
            Problem problem = JSON.readValue(body, Problem.class);
            return Optional.ofNullable(problem.detail())
                    .or(() -> Optional.ofNullable(problem.title()))
                    .orElse("");
        } catch (JacksonException e) {
            return "";
        }
    }

    private record Problem(@Nullable String title, @Nullable String detail) {}

    @Override
    public void close() {
        http.close();
    }
}
