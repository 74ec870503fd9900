package io.warren.provisioning.bootstrap;

import io.warren.testing.backing.TestTokens;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An integrator and the devices of a tenant of their own, over HTTP. */
final class BootstrapClient {

    final String tenant = "t" + UUID.randomUUID().toString().substring(0, 8);
    private final RestTestClient http;
    private final TestTokens tokens;

    BootstrapClient(RestTestClient http, TestTokens tokens) {
        this.http = http;
        this.tokens = tokens;
    }

    /** What an answer was. */
    record Answer(
            int status,
            JsonNode body,
            @Nullable String retryAfter,
            @Nullable String etag) {

        String text(String pointer) {
            return body.at(pointer).asString();
        }
    }

    /** The device sends its request. */
    Answer register(String device, String attestation) {
        return registerWith(device, attestation, "\"identifiers\":{\"serial\":\"S-" + device + "\"}");
    }

    Answer registerWith(String device, String attestation, String more) {
        return send(
                HttpMethod.POST,
                "/bootstrap/v1/register",
                "{\"tenant\":\"" + tenant + "\",\"deviceId\":\"" + device + "\",\"attestation\":" + attestation + ","
                        + more + "}",
                tokens.bearer(null, "device"));
    }

    Answer asDevice(String path) {
        return send(HttpMethod.GET, path, null, tokens.bearer(null, "device"));
    }

    Answer put(String path, String body) {
        return send(HttpMethod.PUT, path, body, tokens.bearer(tenant, "integrator"));
    }

    Answer putIf(String path, String body, String etag) {
        return exchange(
                http.method(HttpMethod.PUT)
                        .uri(path)
                        .header("Authorization", tokens.bearer(tenant, "integrator"))
                        .header("If-Match", etag),
                body);
    }

    Answer post(String path, String body) {
        return send(HttpMethod.POST, path, body, tokens.bearer(tenant, "integrator"));
    }

    Answer get(String path) {
        return send(HttpMethod.GET, path, null, tokens.bearer(tenant, "viewer"));
    }

    Answer delete(String path) {
        return send(HttpMethod.DELETE, path, null, tokens.bearer(tenant, "integrator"));
    }

    /** Makes a group whose devices have keys; returns its primary key. */
    String group(String id, String policy) {
        Answer made = put(
                "/api/v1/enrollment-groups/" + id,
                "{\"attestation\":{\"kind\":\"symmetric-key\"}" + (policy.isEmpty() ? "" : "," + policy) + "}");
        if (made.status() != 201) {
            throw new AssertionError(made);
        }
        return made.text("/attestation/primaryKey");
    }

    static String key(String group, String token) {
        return "{\"kind\":\"symmetric-key\",\"group\":\"" + group + "\",\"token\":\"" + token + "\"}";
    }

    static String claim(String token) {
        return "{\"kind\":\"claim-token\",\"token\":\"" + token + "\"}";
    }

    Answer send(HttpMethod method, String path, @Nullable String body, String authorization) {
        return exchange(http.method(method).uri(path).header("Authorization", authorization), body);
    }

    private static Answer exchange(RestTestClient.RequestBodySpec request, @Nullable String body) {
        if (body != null) {
            request.contentType(MediaType.APPLICATION_JSON).body(body);
        }
        var result = request.exchange().expectBody(String.class).returnResult();
        String text = result.getResponseBody();
        return new Answer(
                result.getStatus().value(),
                JsonMapper.shared().readTree(text == null || text.isEmpty() ? "{}" : text),
                result.getResponseHeaders().getFirst("Retry-After"),
                result.getResponseHeaders().getFirst("ETag"));
    }
}
