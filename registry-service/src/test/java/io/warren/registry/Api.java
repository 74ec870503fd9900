package io.warren.registry;

import io.warren.testing.backing.TestTokens;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The registry's REST API as a caller of some tenant and role. */
public final class Api {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final JsonMapper JSON = JsonMapper.shared();

    private final int port;
    private final TestTokens tokens;
    private final @Nullable String tenant;
    private final String role;
    private final @Nullable String device;

    private Api(int port, TestTokens tokens, @Nullable String tenant, String role) {
        this(port, tokens, tenant, role, null);
    }

    private Api(int port, TestTokens tokens, @Nullable String tenant, String role, @Nullable String device) {
        this.port = port;
        this.tokens = tokens;
        this.tenant = tenant;
        this.role = role;
        this.device = device;
    }

    /** As the platform's administrator, who belongs to no tenant. */
    public static Api asPlatformAdmin(int port, TestTokens tokens) {
        return new Api(port, tokens, null, "platform-admin");
    }

    /** The same API as another caller. */
    public Api as(@Nullable String otherTenant, String otherRole) {
        return new Api(port, tokens, otherTenant, otherRole);
    }

    /** The same API as a device, for which the gateway vouches. */
    public Api asDevice(String id, String itsTenant) {
        return new Api(port, tokens, itsTenant, "device", id);
    }

    /** Makes a tenant if it is not there yet, and calls on as its integrator. */
    public Api withTenant(String name) {
        asPlatformAdmin(port, tokens).put("/api/v1/tenants/" + name, "{}");
        return as(name, "integrator");
    }

    public Answer get(String path) {
        return send(request(path).GET());
    }

    public Answer put(String path, String body, String... headers) {
        return send(json(path, headers).PUT(BodyPublishers.ofString(body)));
    }

    public Answer post(String path, String body, String... headers) {
        return send(json(path, headers).POST(BodyPublishers.ofString(body)));
    }

    public Answer patch(String path, String body, String... headers) {
        HttpRequest.Builder request = json(path, headers);
        request.setHeader("Content-Type", "application/merge-patch+json");
        return send(request.method("PATCH", BodyPublishers.ofString(body)));
    }

    public Answer delete(String path, String... headers) {
        return send(json(path, headers).DELETE());
    }

    /** Asks one of the broker's questions. */
    public String ask(String question, Map<String, String> parameters) {
        String form = parameters.entrySet().stream()
                .map(parameter ->
                        parameter.getKey() + "=" + URLEncoder.encode(parameter.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        HttpRequest request = HttpRequest.newBuilder(uri("/broker/" + question))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form))
                .build();
        return exchange(request).text();
    }

    private HttpRequest.Builder json(String path, String... headers) {
        HttpRequest.Builder request = request(path).setHeader("Content-Type", "application/json");
        if (headers.length > 0) {
            request.headers(headers);
        }
        return request;
    }

    private HttpRequest.Builder request(String path) {
        String bearer =
                device == null || tenant == null ? tokens.bearer(tenant, role) : tokens.ofDevice(device, tenant);
        return HttpRequest.newBuilder(uri(path)).header("Authorization", bearer);
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private static Answer send(HttpRequest.Builder request) {
        return exchange(request.build());
    }

    private static Answer exchange(HttpRequest request) {
        try {
            var response = HTTP.send(request, BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.headers(), response.body());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What came back. */
    public record Answer(int status, HttpHeaders headers, String text) {

        public JsonNode json() {
            return JSON.readTree(text);
        }

        /** The name of the problem, without what all of them begin with. */
        public String problem() {
            return json().at("/type").asString().replace("urn:warren:problem:", "");
        }

        public String eTag() {
            return headers.firstValue("ETag").orElse("");
        }
    }
}
