package io.warren.provisioning.authority;

import io.warren.testing.backing.TestTokens;
import io.warren.testing.tls.TestIdentity;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A tenant's certificate authorities over REST. */
public final class AuthorityApi {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final RestTestClient http;
    private final TestTokens tokens;
    private final String tenant;

    public AuthorityApi(RestTestClient http, TestTokens tokens, String tenant) {
        this.http = http;
        this.tokens = tokens;
        this.tenant = tenant;
    }

    /** Registers an authority and proves that it is the tenant's. */
    public void trust(String id, TestIdentity authority) {
        trust(id, authority, Map.of());
    }

    /** The same of one whose certificates say what the devices' tags are. */
    public void trust(String id, TestIdentity authority, Map<String, String> tags) {
        ObjectNode body = JSON.createObjectNode().put("certificate", authority.pem());
        body.putObject("rules").set("tags", JSON.valueToTree(tags));
        put(id, body).expectStatus().isCreated();
        verify(id, authority.issue("CN=" + challenge(id)).make()).expectStatus().isOk();
    }

    public RestTestClient.ResponseSpec put(String id, String certificate) {
        return put(id, JSON.createObjectNode().put("certificate", certificate));
    }

    public RestTestClient.ResponseSpec put(String id, ObjectNode body) {
        return send(HttpMethod.PUT, "/" + id, body);
    }

    /** Asks for a challenge. */
    public String challenge(String id) {
        return json(send(HttpMethod.POST, "/" + id + ":challenge", null)
                        .expectStatus()
                        .isOk())
                .get("challenge")
                .stringValue();
    }

    public RestTestClient.ResponseSpec verify(String id, TestIdentity proof) {
        return send(
                HttpMethod.POST, "/" + id + ":verify", JSON.createObjectNode().put("certificate", proof.pem()));
    }

    public RestTestClient.ResponseSpec get(String path) {
        return send(HttpMethod.GET, path, null);
    }

    public RestTestClient.ResponseSpec delete(String id) {
        return send(HttpMethod.DELETE, "/" + id, null);
    }

    /** What an answer says. */
    public static JsonNode json(RestTestClient.ResponseSpec answer) {
        return JSON.readTree(body(answer));
    }

    /** What an answer says, as text. */
    public static String body(RestTestClient.ResponseSpec answer) {
        String body = answer.expectBody(String.class).returnResult().getResponseBody();
        return body == null ? "" : body;
    }

    private RestTestClient.ResponseSpec send(HttpMethod method, String path, @Nullable ObjectNode body) {
        RestTestClient.RequestBodySpec request = http.method(method)
                .uri("/api/v1/certificate-authorities" + path)
                .header("Authorization", tokens.bearer(tenant, "integrator"));
        if (body != null) {
            request.contentType(MediaType.APPLICATION_JSON).body(body.toString());
        }
        return request.exchange();
    }
}
