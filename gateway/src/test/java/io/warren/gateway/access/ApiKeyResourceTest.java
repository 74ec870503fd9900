package io.warren.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.warren.gateway.RunningGateway;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

class ApiKeyResourceTest extends RunningGateway {

    private static final String KEYS = "/api/v1/api-keys";

    @Autowired
    private JdbcClient jdbc;

    @Test
    void a_new_key_is_shown_once_and_opens_the_door() throws Exception {
        HttpResponse<String> created =
                send(post(request(BOOTSTRAP_KEY, KEYS).header("Warren-Tenant", "shown-once"), """
                {"name": "console", "role": "viewer", "expiresAt": "2099-01-01T00:00:00Z"}"""));

        assertThat(created.statusCode()).isEqualTo(201);
        JsonNode body = json(created);
        String id = body.get("id").stringValue();
        String key = body.get("key").stringValue();
        assertThat(created.headers().firstValue("location")).hasValue(KEYS + "/" + id);
        assertThat(key).startsWith("wk_" + id + "_");
        assertThat(body.get("tenant").stringValue()).isEqualTo("shown-once");
        assertThat(body.get("expiresAt").stringValue()).isEqualTo("2099-01-01T00:00:00Z");

        HttpResponse<String> read = send(request(BOOTSTRAP_KEY, KEYS + "/" + id).header("Warren-Tenant", "shown-once"));
        assertThat(json(read).has("key")).isFalse();
        assertThat(json(read).get("createdAt")).isEqualTo(body.get("createdAt"));
        assertThat(send(request(key, "/api/v1/devices")).statusCode()).isEqualTo(200);
    }

    @Test
    void only_the_hash_is_kept() throws Exception {
        String key = issue("hashed", "viewer");
        String secret = key.substring(key.indexOf('_', 3) + 1);
        String rows = jdbc.sql("SELECT string_agg(api_key::text, ' ') FROM api_key")
                .query(String.class)
                .single();
        assertThat(rows).contains(id(key)).doesNotContain(secret).doesNotContain(BOOTSTRAP_KEY);
    }

    @Test
    void a_list_is_read_page_by_page() throws Exception {
        Set<String> made = new HashSet<>();
        for (int i = 0; i < 5; i++) {
            made.add(id(issue("pages", "viewer")));
        }
        Set<String> seen = new HashSet<>();
        String cursor = "";
        int pages = 0;
        do {
            JsonNode page = json(send(
                    request(BOOTSTRAP_KEY, KEYS + "?limit=2&cursor=" + cursor).header("Warren-Tenant", "pages")));
            page.get("items").forEach(key -> seen.add(key.get("id").stringValue()));
            cursor = page.has("next") ? page.get("next").stringValue() : "";
            pages++;
        } while (!cursor.isEmpty());
        assertThat(seen).isEqualTo(made);
        assertThat(pages).isEqualTo(3);
    }

    @Test
    void a_revoked_key_is_refused_at_once() throws Exception {
        String key = issue("revoked", "viewer");
        assertThat(send(request(key, "/api/v1/devices")).statusCode()).isEqualTo(200);

        HttpResponse<String> revoked = send(request(BOOTSTRAP_KEY, KEYS + "/" + id(key))
                .header("Warren-Tenant", "revoked")
                .DELETE());

        assertThat(revoked.statusCode()).isEqualTo(204);
        assertThat(send(request(key, "/api/v1/devices")).statusCode()).isEqualTo(401);
    }

    @Test
    void a_rotated_key_works_with_its_new_secret_only() throws Exception {
        String key = issue("rotated", "viewer");
        assertThat(send(request(key, "/api/v1/devices")).statusCode()).isEqualTo(200);

        HttpResponse<String> rotated = send(
                post(request(BOOTSTRAP_KEY, KEYS + "/" + id(key) + ":rotate").header("Warren-Tenant", "rotated"), ""));

        assertThat(rotated.statusCode()).isEqualTo(200);
        assertThat(send(request(key, "/api/v1/devices")).statusCode()).isEqualTo(401);
        assertThat(send(request(json(rotated).get("key").stringValue(), "/api/v1/devices"))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void an_expired_key_is_refused() throws Exception {
        String key = issue("expired", "viewer");
        jdbc.sql("UPDATE api_key SET expires_at = now() - interval '1 second' WHERE id = ?")
                .param(id(key))
                .update();
        assertProblem(send(request(key, "/api/v1/devices")), 401, "unauthorized");
        assertThat(REGISTRY.wasAsked()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer wk_0123456789abcdef_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "Bearer bootstrap",
                "Bearer wk_bootstrap_Ym9vdHN0cmFwLWtleS1mb3ItdGVzdHMtb25seS0wMDE=",
                "Bearer ",
                "Bearer",
                "Basic cHVtcC0xN0BhY21lOnNlY3JldA==",
                "Bearer eyJhbGciOiJub25lIn0.eyJyb2xlIjoicGxhdGZvcm0tYWRtaW4iLCJhdWQiOiJ3YXJyZW4ifQ.",
                "Bearer ' OR 1=1 --",
                "Bearer \u00e9\u00e9"
            })
    void what_is_no_key_is_refused(String authorization) throws Exception {
        assertProblem(send(request("/api/v1/devices").header("Authorization", authorization)), 401, "unauthorized");
        assertThat(REGISTRY.wasAsked()).isFalse();
    }

    @Test
    void a_key_with_another_secret_is_refused_and_counted() throws Exception {
        String key = issue("forged", "viewer");
        double before = failures("secret");
        String forged = key.substring(0, key.length() - 43) + "A".repeat(43);
        HttpResponse<String> response = send(request(forged, "/api/v1/devices"));
        assertProblem(response, 401, "unauthorized");
        assertThat(response.headers().firstValue("www-authenticate")).hasValue("Bearer");
        assertThat(failures("secret")).isEqualTo(before + 1);
    }

    @Test
    void of_two_authorizations_none_counts() throws Exception {
        assertProblem(
                send(request("/api/v1/devices")
                        .header("Authorization", "Bearer " + BOOTSTRAP_KEY)
                        .header("Authorization", "Bearer " + BOOTSTRAP_KEY)),
                401,
                "unauthorized");
    }

    @Test
    void without_a_key_nothing_is_open() throws Exception {
        assertProblem(send(request("/api/v1/devices")), 401, "unauthorized");
        assertProblem(send(request(KEYS)), 401, "unauthorized");
        assertThat(REGISTRY.wasAsked()).isFalse();
    }

    @Test
    void a_tenants_key_names_no_other_tenant() throws Exception {
        String key = issue("mine", "admin");
        assertThat(send(request(key, "/api/v1/devices").header("Warren-Tenant", "mine"))
                        .statusCode())
                .isEqualTo(200);
        REGISTRY.reset();
        assertProblem(send(request(key, "/api/v1/devices").header("Warren-Tenant", "theirs")), 403, "foreign-tenant");
        assertProblem(send(request(key, "/api/v1/devices").header("Warren-Tenant", "No Tenant!")), 400, "malformed");
        assertThat(REGISTRY.wasAsked()).isFalse();
    }

    @Test
    void an_administrator_sees_and_touches_the_keys_of_the_own_tenant_only() throws Exception {
        String mine = issue("own", "admin");
        String theirs = issue("other", "viewer");
        String path = KEYS + "/" + id(theirs);

        assertProblem(send(request(mine, path)), 404, "api-key-not-found");
        assertProblem(send(request(mine, path).DELETE()), 404, "api-key-not-found");
        assertProblem(send(post(request(mine, path + ":rotate"), "")), 404, "api-key-not-found");
        assertProblem(send(request(mine, KEYS + "/bootstrap")), 404, "api-key-not-found");
        assertThat(send(request(mine, KEYS)).body()).contains(id(mine)).doesNotContain(id(theirs));
        assertThat(send(request(theirs, "/api/v1/devices")).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"viewer, viewer", "operator, viewer", "integrator, viewer", "integrator, admin"})
    void who_is_no_administrator_makes_no_keys(String own, String wanted) throws Exception {
        String key = issue("no-admin", own);
        assertProblem(send(newKey(key, wanted)), 403, "forbidden");
        assertProblem(send(request(key, KEYS)), 403, "forbidden");
    }

    @Test
    void nobody_gives_more_than_the_own_role() throws Exception {
        String tenantAdmin = issue("escalation", "admin");
        assertProblem(send(newKey(tenantAdmin, "platform-admin")), 403, "role-above-own");
        assertThat(send(newKey(tenantAdmin, "admin")).statusCode()).isEqualTo(201);

        String platformKeysAdmin = issue(null, "admin");
        String platformAdmin = issue(null, "platform-admin");
        assertProblem(send(newKey(platformKeysAdmin, "platform-admin")), 403, "role-above-own");
        assertProblem(
                send(post(request(platformKeysAdmin, KEYS + "/" + id(platformAdmin) + ":rotate"), "")),
                403,
                "role-above-own");
        assertProblem(
                send(request(platformKeysAdmin, KEYS + "/" + id(platformAdmin)).DELETE()), 403, "role-above-own");
    }

    @Test
    void the_bootstrap_key_is_changed_in_the_configuration_only() throws Exception {
        assertProblem(send(request(BOOTSTRAP_KEY, KEYS + "/bootstrap").DELETE()), 409, "api-key-configured");
        assertProblem(send(post(request(BOOTSTRAP_KEY, KEYS + "/bootstrap:rotate"), "")), 409, "api-key-configured");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"role\": \"viewer\"} | /name",
                "{\"name\": \"\", \"role\": \"viewer\"} | /name",
                "{\"name\": \"x\", \"role\": \"root\"} | /role",
                "{\"name\": \"x\", \"role\": \"device\"} | /role",
                "{\"name\": \"x\", \"role\": \"platform-admin\"} | /role",
                "{\"name\": \"x\"} | /role",
                "{\"name\": \"x\", \"role\": \"viewer\", \"expiresAt\": \"2001-01-01T00:00:00Z\"} | /expiresAt",
                "{\"name\": \"x\", \"role\": \"viewer\", \"expiresAt\": \"tomorrow\"} | /expiresAt",
                "{\"name\": \"x\", \"role\": \"viewer\", \"tenant\": \"theirs\"} | /tenant",
            })
    void a_wrong_field_is_named(String body, String pointer) throws Exception {
        HttpResponse<String> response =
                send(post(request(BOOTSTRAP_KEY, KEYS).header("Warren-Tenant", "fields"), body));
        assertProblem(response, 422, "invalid");
        assertThat(json(response).at("/errors/0/pointer").stringValue()).isEqualTo(pointer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cursor=nonsense", "cursor=YQpi", "limit=0", "limit=501", "limit=many"})
    void a_page_that_cannot_be_is_refused(String query) throws Exception {
        HttpResponse<String> response = send(request(BOOTSTRAP_KEY, KEYS + "?" + query));
        assertThat(response.statusCode()).isBetween(400, 422);
        assertThat(response.headers().firstValue("content-type")).hasValue("application/problem+json");
    }

    private HttpRequest.Builder newKey(String key, String role) {
        return post(request(key, KEYS), "{\"name\": \"more\", \"role\": \"" + role + "\"}");
    }

    private double failures(String reason) throws Exception {
        String metrics = send(plainRequest("/actuator/prometheus")).body();
        return metrics.lines()
                .filter(line -> line.startsWith("warren_access_failures_total") && line.contains("\"" + reason + "\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    private static String id(String key) {
        return key.split("_", 3)[1];
    }
}
