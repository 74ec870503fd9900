package io.warren.provisioning.enrollment;

import static org.assertj.core.api.Assertions.assertThat;

import io.warren.provisioning.ProvisioningTest;
import io.warren.testing.backing.Backed;
import io.warren.testing.backing.TestTokens;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@ProvisioningTest
@Backed
class EnrollmentApiTest {

    private static final String BODY = """
            {"attestation":{"kind":"claim-token"},"deviceType":"pump","tags":{"site":"lyon"}}""";

    @Autowired
    private RestTestClient http;

    @Autowired
    private TestTokens tokens;

    @Autowired
    private JdbcClient jdbc;

    private String tenant = "";

    @BeforeEach
    void ownTenant() {
        tenant = "t" + UUID.randomUUID().toString().substring(0, 8);
    }

    @Test
    void theTokenIsShownOnceAndNeverKept() {
        JsonNode made = post(BODY);
        String token = made.get("claimToken").stringValue();

        assertThat(token).hasSize(43);
        assertThat(get(made.get("id").stringValue()).has("claimToken")).isFalse();
        assertThat(jdbc.sql("SELECT count(*) FROM enrollment e WHERE e::text LIKE '%' || ? || '%'")
                        .param(token)
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void anEnrolmentReadsBackAsItWasMade() {
        JsonNode made = post("""
                {"attestation":{"kind":"claim-token"},"deviceId":"pump-17","deviceType":"pump","tags":{"site":"lyon"},
                 "expiresAt":"2099-01-01T00:00:00Z"}""");

        JsonNode read = get(made.get("id").stringValue());

        assertThat(read.at("/attestation/kind").stringValue()).isEqualTo("claim-token");
        assertThat(read.get("deviceId").stringValue()).isEqualTo("pump-17");
        assertThat(read.get("deviceType").stringValue()).isEqualTo("pump");
        assertThat(read.at("/tags/site").stringValue()).isEqualTo("lyon");
        assertThat(read.get("expiresAt").stringValue()).isEqualTo("2099-01-01T00:00:00Z");
        assertThat(read.get("status").stringValue()).isEqualTo("open");
    }

    @Test
    void puttingTheSameAgainIsHarmlessAndShowsNoTokenAgain() {
        put("line-1", BODY).expectStatus().isCreated();

        String again = body(put("line-1", BODY).expectStatus().isOk());

        assertThat(again).doesNotContain("claimToken");
    }

    @Test
    void noEnrolmentIsCalledAsGroupsAre() {
        put("group", BODY).expectStatus().isEqualTo(422);
    }

    @Test
    void puttingSomethingElseInItsPlaceIsAConflict() {
        put("line-1", BODY).expectStatus().isCreated();

        String problem =
                body(put("line-1", BODY.replace("lyon", "nice")).expectStatus().isEqualTo(409));

        assertThat(problem).contains("urn:warren:problem:enrollment-exists");
    }

    @Test
    void aRevokedEnrolmentStaysVisible() {
        put("line-1", BODY).expectStatus().isCreated();

        delete("line-1").expectStatus().isNoContent();
        delete("line-1").expectStatus().isNoContent();

        assertThat(get("line-1").get("status").stringValue()).isEqualTo("revoked");
    }

    @Test
    void aListIsReadToItsEndPageByPage() {
        for (int i = 0; i < 5; i++) {
            put("line-" + i, BODY).expectStatus().isCreated();
        }
        Set<String> seen = new HashSet<>();
        String cursor = "";
        int pages = 0;
        do {
            JsonNode page = json(http.get()
                    .uri("/api/v1/enrollments?limit=2&cursor={cursor}", cursor)
                    .header("Authorization", tokens.bearer(tenant, "viewer"))
                    .exchange()
                    .expectStatus()
                    .isOk());
            page.get("items").forEach(item -> seen.add(item.get("id").stringValue()));
            cursor = page.has("next") ? page.get("next").stringValue() : "";
            pages++;
        } while (!cursor.isEmpty());

        assertThat(seen).containsExactlyInAnyOrder("line-0", "line-1", "line-2", "line-3", "line-4");
        assertThat(pages).isEqualTo(3);
    }

    @Test
    void whatAnotherTenantOwnsDoesNotExist() {
        put("line-1", BODY).expectStatus().isCreated();
        String stranger = tokens.bearer("stranger", "admin");

        http.get()
                .uri("/api/v1/enrollments/line-1")
                .header("Authorization", stranger)
                .exchange()
                .expectStatus()
                .isNotFound();
        http.delete()
                .uri("/api/v1/enrollments/line-1")
                .header("Authorization", stranger)
                .exchange()
                .expectStatus()
                .isNotFound();
        assertThat(body(http.get()
                        .uri("/api/v1/enrollments")
                        .header("Authorization", stranger)
                        .exchange()
                        .expectStatus()
                        .isOk()))
                .doesNotContain("line-1");
        assertThat(get("line-1").get("status").stringValue()).isEqualTo("open");
    }

    @ParameterizedTest
    @CsvSource({"viewer,403", "operator,403", "device,403", "integrator,201", "admin,201", "platform-admin,201"})
    void integratorsAndAboveMakeEnrolments(String role, int status) {
        http.post()
                .uri("/api/v1/enrollments")
                .header("Authorization", tokens.bearer(tenant, role))
                .contentType(MediaType.APPLICATION_JSON)
                .body(BODY)
                .exchange()
                .expectStatus()
                .isEqualTo(status);
    }

    @Test
    void nobodyComesInWithoutAToken() {
        http.get().uri("/api/v1/enrollments").exchange().expectStatus().isUnauthorized();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"attestation\":{}}",
                "{\"attestation\":{\"kind\":\"magic\"}}",
                "{\"attestation\":{\"kind\":\"claim-token\"},\"deviceId\":\"a.b\"}",
                "{\"attestation\":{\"kind\":\"claim-token\"},\"deviceType\":\"a b\"}",
                "{\"attestation\":{\"kind\":\"claim-token\"},\"tags\":{\"\":\"x\"}}",
                "{\"attestation\":{\"kind\":\"claim-token\"},\"deviceType\":\"Pump\"}",
                "{\"attestation\":{\"kind\":\"claim-token\"},\"tags\":{\"x\":null}}",
                "{\"attestation\":{\"kind\":\"claim-token\"},\"tags\":{\"1x\":\"y\"}}",
                "{\"attestation\":{\"kind\":\"claim-token\"},\"tags\":{\"x\":\"a\\u0000b\"}}",
                "{\"attestation\":{\"kind\":\"claim-token\"},\"expiresAt\":\"+999999-01-01T00:00:00Z\"}",
                "{\"attestation\":{\"kind\":\"claim-token\"},\"expiresAt\":\"2001-01-01T00:00:00Z\"}",
                "{\"attestation\":{\"kind\":\"claim-token\"},\"surprise\":1}"
            })
    void whatIsNotAllowedIsRefusedWithItsPlace(String body) {
        String problem = body(http.post()
                .uri("/api/v1/enrollments")
                .header("Authorization", tokens.bearer(tenant, "integrator"))
                .contentType(MediaType.APPLICATION_JSON)
                .body(body)
                .exchange()
                .expectStatus()
                .isEqualTo(422));

        assertThat(problem).contains("urn:warren:problem:invalid").contains("\"pointer\"");
    }

    private JsonNode post(String body) {
        return json(http.post()
                .uri("/api/v1/enrollments")
                .header("Authorization", tokens.bearer(tenant, "integrator"))
                .contentType(MediaType.APPLICATION_JSON)
                .body(body)
                .exchange()
                .expectStatus()
                .isCreated());
    }

    private RestTestClient.ResponseSpec put(String id, String body) {
        return http.put()
                .uri("/api/v1/enrollments/" + id)
                .header("Authorization", tokens.bearer(tenant, "integrator"))
                .contentType(MediaType.APPLICATION_JSON)
                .body(body)
                .exchange();
    }

    private RestTestClient.ResponseSpec delete(String id) {
        return http.delete()
                .uri("/api/v1/enrollments/" + id)
                .header("Authorization", tokens.bearer(tenant, "integrator"))
                .exchange();
    }

    private JsonNode get(String id) {
        return json(http.get()
                .uri("/api/v1/enrollments/" + id)
                .header("Authorization", tokens.bearer(tenant, "viewer"))
                .exchange()
                .expectStatus()
                .isOk());
    }

    private static JsonNode json(RestTestClient.ResponseSpec response) {
        return JsonMapper.shared().readTree(body(response));
    }

    private static String body(RestTestClient.ResponseSpec response) {
        String body = response.expectBody(String.class).returnResult().getResponseBody();
        return body == null ? "" : body;
    }
}
