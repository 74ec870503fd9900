package io.warren.provisioning.claimsheet;

import static org.assertj.core.api.Assertions.assertThat;

import io.warren.provisioning.ProvisioningTest;
import io.warren.provisioning.manifest.ManifestApi;
import io.warren.testing.backing.Backed;
import io.warren.testing.backing.TestTokens;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@ProvisioningTest
@Backed
class ClaimTokenApiTest {

    @Autowired
    private RestTestClient http;

    @Autowired
    private TestTokens tokens;

    @Autowired
    private JdbcClient jdbc;

    @LocalServerPort
    private int port;

    private String tenant = "";

    @BeforeEach
    void ownGroup() {
        tenant = "t" + UUID.randomUUID().toString().substring(0, 8);
        ManifestApi groups = new ManifestApi(port, tokens, tenant);
        groups.group("labels", "{\"kind\":\"claim-token\"}");
        groups.group("keys", "{\"kind\":\"symmetric-key\"}");
    }

    @Test
    void aBatchIsMadeAndShownOnce() {
        JsonNode made = JsonMapper.shared()
                .readTree(body(post("labels", "{\"deviceIds\":[\"pump-17\",\"pump-18\"]}", "*/*")
                        .expectStatus()
                        .isCreated()
                        .expectHeader()
                        .valueEquals("Cache-Control", "no-store")
                        .expectHeader()
                        .contentType(MediaType.APPLICATION_JSON)));

        assertThat(made.get("items")).hasSize(2);
        String token = made.at("/items/0/claimToken").stringValue();
        assertThat(token).hasSize(43);
        assertThat(made.at("/items/0/claimUri").stringValue())
                .isEqualTo("warren:claim?u=https%3A%2F%2Flocalhost%3A8443&t=" + tenant + "&k=" + token + "&d=pump-17");
        assertThat(jdbc.sql("SELECT count(*) FROM enrollment WHERE tenant = ? AND group_id = 'labels'")
                        .param(tenant)
                        .query(Long.class)
                        .single())
                .isEqualTo(2);
        assertThat(jdbc.sql("SELECT count(*) FROM enrollment e WHERE e::text LIKE '%' || ? || '%'")
                        .param(token)
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void aSheetIsAPage() {
        String page = body(post("labels", "{\"count\":13}", "text/html,application/xhtml+xml")
                .expectStatus()
                .isCreated()
                .expectHeader()
                .valueEquals("Content-Type", "text/html;charset=UTF-8")
                .expectHeader()
                .valueEquals("Cache-Control", "no-store")
                .expectHeader()
                .valueEquals("Content-Security-Policy", ClaimSheet.CONTENT_SECURITY_POLICY));

        assertThat(page.split("<svg", -1)).hasSize(14);
    }

    @Test
    void aSpreadsheetHasALineForEach() {
        assertThat(body(post("labels", "{\"count\":3}", "text/csv")
                                .expectStatus()
                                .isCreated())
                        .lines())
                .hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"count\":0}",
                "{\"count\":1001}",
                "{\"count\":1,\"deviceIds\":[\"a\"]}",
                "{\"deviceIds\":[]}",
                "{\"deviceIds\":[\"a\",\"a\"]}",
                "{\"deviceIds\":[\"a.b\"]}",
                "{\"deviceIds\":[null]}",
                "{\"count\":1,\"expiresAt\":\"2001-01-01T00:00:00Z\"}"
            })
    void whatIsNotAllowedIsRefused(String body) {
        post("labels", body, "application/json").expectStatus().isEqualTo(422);
    }

    @Test
    void onlyAGroupOfThatKindHasClaimTokens() {
        post("keys", "{\"count\":1}", "application/json").expectStatus().isNotFound();
        post("none", "{\"count\":1}", "text/html").expectStatus().isNotFound();
    }

    private RestTestClient.ResponseSpec post(String group, String body, String accept) {
        return http.post()
                .uri("/api/v1/enrollment-groups/" + group + "/claim-tokens")
                .header("Authorization", tokens.bearer(tenant, "integrator"))
                .header("Accept", accept)
                .contentType(MediaType.APPLICATION_JSON)
                .body(body)
                .exchange();
    }

    private static String body(RestTestClient.ResponseSpec response) {
        String body = response.expectBody(String.class).returnResult().getResponseBody();
        return body == null ? "" : body;
    }
}
