package io.warren.provisioning.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.warren.testing.backing.TestTokens;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A tenant's manifests over REST. */
public final class ManifestApi {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final int port;
    private final TestTokens tokens;
    private final String tenant;

    public ManifestApi(int port, TestTokens tokens, String tenant) {
        this.port = port;
        this.tokens = tokens;
        this.tenant = tenant;
    }

    /** Makes a group with a manifest. */
    public void group(String id, String attestation) {
        HttpResponse<String> answer = send(request("/" + id)
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString("{\"attestation\":" + attestation + "}")));
        if (answer.statusCode() != 201) {
            throw new IllegalStateException(answer.body());
        }
    }

    /** Imports lines of JSON; the answer's lines. */
    public List<JsonNode> importJson(String group, String... rows) {
        return lines(post(group, "application/x-ndjson", BodyPublishers.ofString(String.join("\n", rows))));
    }

    /** Imports CSV; the answer's lines. */
    public List<JsonNode> importCsv(String group, String... lines) {
        return lines(post(group, "text/csv", BodyPublishers.ofString(String.join("\r\n", lines))));
    }

    public HttpResponse<String> post(String group, String contentType, BodyPublisher body, String... headers) {
        HttpRequest.Builder request = request("/" + group + "/manifest:import").header("Content-Type", contentType);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.POST(body));
    }

    /** Imports what is too large to be kept in memory, and reads the answer as it comes. */
    public InputStream stream(String group, BodyPublisher body) {
        try {
            return HTTP.send(
                            request("/" + group + "/manifest:import")
                                    .header("Content-Type", "application/x-ndjson")
                                    .POST(body)
                                    .build(),
                            BodyHandlers.ofInputStream())
                    .body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public HttpResponse<String> get(String path) {
        return send(request(path).GET());
    }

    public HttpResponse<String> delete(String path) {
        return send(request(path).DELETE());
    }

    public static List<JsonNode> lines(HttpResponse<String> answer) {
        return answer.body().lines().map(JsonMapper.shared()::readTree).toList();
    }

    static byte[] zipped(String text) {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
            out.write(text.getBytes(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return zipped.toByteArray();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/enrollment-groups" + path))
                .header("Authorization", tokens.bearer(tenant, "integrator"));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
