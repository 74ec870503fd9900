package io.warren.provisioning.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import io.warren.contracts.device.DeviceAddress;
import io.warren.provisioning.ProvisioningTest;
import io.warren.provisioning.TestAuthorities;
import io.warren.provisioning.issuing.CertificateRequest;
import io.warren.testing.backing.Backed;
import io.warren.testing.backing.TestTokens;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@ProvisioningTest
@Backed
class CertificateApiTest {

    @Autowired
    private CertificateIssue issue;

    @Autowired
    private RestTestClient http;

    @Autowired
    private TestTokens tokens;

    private final String tenant = "t" + UUID.randomUUID().toString().substring(0, 8);

    @Test
    void aCertificateIsReadAndRevoked() {
        IssuedCertificate issued = issue("pump-17");

        JsonNode read = get("/api/v1/certificates/" + issued.serial());
        assertThat(read.path("deviceId").stringValue()).isEqualTo("pump-17");
        assertThat(read.path("status").stringValue()).isEqualTo("active");
        assertThat(read.path("sha256").stringValue()).isEqualTo(issued.sha256());
        assertThat(read.path("door").stringValue()).isEqualTo("api");

        JsonNode revoked = json(revoke(issued, "integrator", "{\"reason\":\"key-compromise\"}")
                .expectStatus()
                .isOk());
        assertThat(revoked.path("status").stringValue()).isEqualTo("revoked");
        assertThat(revoked.path("reason").stringValue()).isEqualTo("key-compromise");
        assertThat(revoked.path("revokedAt").isString()).isTrue();
    }

    @Test
    void theNumberMayBeWrittenAsToolsShowIt() {
        String serial = issue("pump-17").serial().toUpperCase(Locale.ROOT);

        assertThat(get("/api/v1/certificates/" + serial).path("status").stringValue())
                .isEqualTo("active");
        http.post()
                .uri("/api/v1/certificates/" + serial + ":revoke")
                .header("Authorization", tokens.bearer(tenant, "integrator"))
                .contentType(MediaType.APPLICATION_JSON)
                .body("{\"reason\":\"superseded\"}")
                .exchange()
                .expectStatus()
                .isOk();
    }

    @Test
    void certificatesAreListedInPagesTheNewestFirst() {
        List<String> serials = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            serials.addFirst(issue("pump-" + i).serial());
        }

        List<String> seen = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = get("/api/v1/certificates?limit=2&cursor=" + cursor);
            page.path("items").forEach(item -> seen.add(item.path("serial").stringValue()));
            cursor = page.path("next").asString("");
        } while (!cursor.isEmpty());

        assertThat(seen).isEqualTo(serials);
    }

    @Test
    void theyAreFoundByDeviceStatusAndEnd() {
        IssuedCertificate first = issue("pump-17");
        IssuedCertificate second = issue("pump-17");
        IssuedCertificate other = issue("pump-18");
        revoke(first, "integrator", "{\"reason\":\"superseded\"}")
                .expectStatus()
                .isOk();

        assertThat(found("device=pump-17")).containsExactly(second.serial(), first.serial());
        assertThat(found("device=pump-17&status=revoked")).containsExactly(first.serial());
        assertThat(found("status=active")).containsExactly(other.serial(), second.serial());
        assertThat(found("status=expired")).isEmpty();
        assertThat(found("expiringBefore=" + Instant.now().plus(Duration.ofDays(89))))
                .isEmpty();
        assertThat(found("status=active&expiringBefore=" + Instant.now().plus(Duration.ofDays(91))))
                .hasSize(2);
    }

    @Test
    void anotherTenantsCertificatesDoNotExist() {
        IssuedCertificate issued = issue("pump-17");
        String stranger = tokens.bearer("stranger", "integrator");

        http.get()
                .uri("/api/v1/certificates/" + issued.serial())
                .header("Authorization", stranger)
                .exchange()
                .expectStatus()
                .isNotFound();
        http.post()
                .uri("/api/v1/certificates/" + issued.serial() + ":revoke")
                .header("Authorization", stranger)
                .contentType(MediaType.APPLICATION_JSON)
                .body("{\"reason\":\"superseded\"}")
                .exchange()
                .expectStatus()
                .isNotFound();
        assertThat(get("/api/v1/certificates/" + issued.serial()).path("status").stringValue())
                .isEqualTo("active");
    }

    @Test
    void revokingWantsAReasonThatThereIs() {
        IssuedCertificate issued = issue("pump-17");

        revoke(issued, "operator", "{\"reason\":\"superseded\"}").expectStatus().isForbidden();
        revoke(issued, "integrator", "{}").expectStatus().isEqualTo(422);
        revoke(issued, "integrator", "{\"reason\":\"boredom\"}").expectStatus().is4xxClientError();
    }

    private IssuedCertificate issue(String device) {
        return issue.issue(
                DeviceAddress.of(tenant, device),
                CertificateRequest.parse(TestAuthorities.request(TestAuthorities.key("Ed25519"))),
                "api",
                null);
    }

    private List<String> found(String query) {
        List<String> serials = new ArrayList<>();
        get("/api/v1/certificates?" + query)
                .path("items")
                .forEach(item -> serials.add(item.path("serial").stringValue()));
        return serials;
    }

    private RestTestClient.ResponseSpec revoke(IssuedCertificate certificate, String role, String body) {
        return http.post()
                .uri("/api/v1/certificates/" + certificate.serial() + ":revoke")
                .header("Authorization", tokens.bearer(tenant, role))
                .contentType(MediaType.APPLICATION_JSON)
                .body(body)
                .exchange();
    }

    private JsonNode get(String path) {
        return json(http.get()
                .uri(path)
                .header("Authorization", tokens.bearer(tenant, "viewer"))
                .exchange()
                .expectStatus()
                .isOk());
    }

    private static JsonNode json(RestTestClient.ResponseSpec answer) {
        return JsonMapper.shared()
                .readTree(answer.expectBody(String.class).returnResult().getResponseBody());
    }
}
