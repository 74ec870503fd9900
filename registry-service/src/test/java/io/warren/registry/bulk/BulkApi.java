package io.warren.registry.bulk;

import io.warren.testing.backing.TestTokens;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Imports and exports of a tenant. */
public final class BulkApi {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final int port;
    private final TestTokens tokens;
    private final String tenant;

    public BulkApi(int port, TestTokens tokens, String tenant) {
        this.port = port;
        this.tokens = tokens;
        this.tenant = tenant;
    }

    /** Imports lines of JSON; the answer's lines. */
    public List<JsonNode> importJson(String query, String... rows) {
        return lines(post(query, "application/x-ndjson", bytes(String.join("\n", rows))));
    }

    /** Imports CSV; the answer's lines. */
    public List<JsonNode> importCsv(String... lines) {
        return lines(post("", "text/csv", bytes(String.join("\r\n", lines))));
    }

    public HttpResponse<byte[]> post(String query, String contentType, byte[] body, String... headers) {
        HttpRequest.Builder request = request("import" + query).header("Content-Type", contentType);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.POST(BodyPublishers.ofByteArray(body)));
    }

    public HttpResponse<byte[]> export(String query, String... headers) {
        HttpRequest.Builder request = request("export" + query);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request);
    }

    public static List<JsonNode> lines(HttpResponse<byte[]> answer) {
        return text(answer)
                .lines()
                .map(line -> JsonMapper.shared().readTree(line))
                .toList();
    }

    public static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    public static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private HttpRequest.Builder request(String action) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/devices:" + action))
                .header("Authorization", tokens.bearer(tenant, "integrator"));
    }

    private static HttpResponse<byte[]> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.build(), BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
