package io.warren.firmware;

import static org.assertj.core.api.Assertions.assertThat;

import io.warren.testing.backing.TestTokens;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.context.annotation.Lazy;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Uses the REST API as an integrator does. */
@Lazy
@TestComponent
public class Integrator {

    private final RestTestClient http;
    private final TestTokens tokens;
    private final JdbcClient jdbc;

    Integrator(RestTestClient http, TestTokens tokens, JdbcClient jdbc) {
        this.http = http;
        this.tokens = tokens;
        this.jdbc = jdbc;
    }

    /** An answer with its body. */
    public record Answer(int status, String body, RestTestClient.ResponseSpec response) {

        /** The body as JSON. */
        public JsonNode json() {
            return JsonMapper.shared().readTree(body);
        }

        /** The answer, which has to have this status. */
        public Answer is(int expected) {
            assertThat(status).as(body).isEqualTo(expected);
            return this;
        }

        /** A text in the JSON body. */
        public String text(String pointer) {
            return json().at(pointer).asString("");
        }
    }

    public Answer call(String tenant, String role, HttpMethod method, String path, @Nullable String body) {
        RestTestClient.RequestBodySpec request =
                http.method(method).uri(path).header("Authorization", tokens.bearer(tenant, role));
        if (body != null) {
            request.contentType(MediaType.APPLICATION_JSON).body(body);
        }
        return answer(request.exchange());
    }

    public Answer get(String tenant, String path) {
        return call(tenant, "viewer", HttpMethod.GET, path, null);
    }

    public Answer post(String tenant, String path, String body) {
        return call(tenant, "integrator", HttpMethod.POST, path, body);
    }

    public Answer put(String tenant, String path, String body) {
        return call(tenant, "integrator", HttpMethod.PUT, path, body);
    }

    public Answer delete(String tenant, String path) {
        return call(tenant, "integrator", HttpMethod.DELETE, path, null);
    }

    public Answer upload(String tenant, String name, byte[] bytes) {
        return answer(http.post()
                .uri(builder -> builder.path("/api/v1/artifacts")
                        .queryParam("name", "{name}")
                        .build(name))
                .header("Authorization", tokens.bearer(tenant, "integrator"))
                .contentType(MediaType.APPLICATION_OCTET_STREAM)
                .body(bytes)
                .exchange());
    }

    /** The id of an uploaded artifact. */
    public String artifact(String tenant, String name, byte[] bytes) {
        return upload(tenant, name, bytes).is(201).text("/id");
    }

    /** A release of these artifacts that may be deployed. */
    public String release(String tenant, String id, String... artifacts) {
        put(tenant, "/api/v1/releases/" + id, releaseBody(id, "1.0.0", artifacts))
                .is(201);
        post(tenant, "/api/v1/releases/" + id + ":release", "{}").is(200);
        return id;
    }

    public String releaseBody(String name, String version, String... artifacts) {
        return """
                {"name":"%s","version":"%s","artifacts":["%s"]}""".formatted(name, version, String.join("\",\"", artifacts));
    }

    /** A device that the registry has told of. */
    public String device(String tenant, String id) {
        jdbc.sql("INSERT INTO directory (tenant, device, version, deleted) VALUES (?, ?, 1, false)")
                .params(tenant, id)
                .update();
        return id;
    }

    /** A deployment of a release to a device. */
    public String deploy(String tenant, String device, String release) {
        return post(tenant, "/api/v1/devices/" + device + "/deployments", """
                {"release":"%s","mode":"forced"}""".formatted(release))
                .is(201)
                .text("/id");
    }

    private static Answer answer(RestTestClient.ResponseSpec response) {
        var result = response.expectBody(String.class).returnResult();
        String body = result.getResponseBody();
        return new Answer(result.getStatus().value(), body == null ? "" : body, response);
    }
}
