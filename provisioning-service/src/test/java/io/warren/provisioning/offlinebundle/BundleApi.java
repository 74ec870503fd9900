package io.warren.provisioning.offlinebundle;

import io.warren.testing.backing.TestTokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** An installation over REST, for one tenant. */
final class BundleApi {

    static final String PASSPHRASE = "correct horse battery staple";

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final int port;
    private final TestTokens tokens;
    private final String tenant;

    BundleApi(int port, TestTokens tokens, String tenant) {
        this.port = port;
        this.tokens = tokens;
        this.tenant = tenant;
    }

    HttpResponse<String> send(String role, String method, String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/" + path))
                .header("Authorization", tokens.bearer(tenant, role))
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body))
                .build();
        try {
            return HTTP.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What is answered to something that succeeds. */
    JsonNode done(String method, String path, String body) {
        HttpResponse<String> answer = send("integrator", method, path, body);
        if (answer.statusCode() >= 300) {
            throw new IllegalStateException(answer.body());
        }
        return answer.body().isEmpty()
                ? JsonMapper.shared().nullNode()
                : JsonMapper.shared().readTree(answer.body());
    }

    JsonNode get(String path) {
        return done("GET", path, "");
    }

    /** A bundle of what the members of a request name. */
    String bundle(String members) {
        HttpResponse<String> answer = export(members);
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(answer.body());
        }
        return answer.body();
    }

    HttpResponse<String> export(String members) {
        return send(
                "admin", "POST", "enrollment-groups:export", "{\"passphrase\":\"" + PASSPHRASE + "\"," + members + "}");
    }

    /** What the import of a bundle comes to. */
    JsonNode brought(String bundle) {
        HttpResponse<String> answer = bring(bundle, PASSPHRASE);
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(answer.body());
        }
        return JsonMapper.shared().readTree(answer.body());
    }

    HttpResponse<String> bring(String bundle, String passphrase) {
        return bring(
                JsonMapper.shared().createObjectNode().put("bundle", bundle).put("passphrase", passphrase));
    }

    HttpResponse<String> bring(ObjectNode request) {
        return send("admin", "POST", "enrollment-groups:import", request.toString());
    }
}
