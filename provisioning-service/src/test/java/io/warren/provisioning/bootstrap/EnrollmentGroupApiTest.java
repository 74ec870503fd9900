package io.warren.provisioning.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.warren.provisioning.ProvisioningTest;
import io.warren.provisioning.bootstrap.BootstrapClient.Answer;
import io.warren.testing.backing.Backed;
import io.warren.testing.backing.TestTokens;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.servlet.client.RestTestClient;

/** Integrators make, change and remove enrolment groups. */
@ProvisioningTest
@Backed
class EnrollmentGroupApiTest {

    private static final String PUMPS = "/api/v1/enrollment-groups/pumps";
    private static final String KEYS = "{\"attestation\":{\"kind\":\"symmetric-key\"}";

    @Autowired
    private RestTestClient http;

    @Autowired
    private TestTokens tokens;

    private BootstrapClient client;

    @BeforeEach
    void ownTenant() {
        client = new BootstrapClient(http, tokens);
    }

    @Test
    void aGroupReadsBackAsItWasMadeWithoutItsKeys() {
        Answer made = client.put(PUMPS, KEYS + """
                ,"deviceType":"pump","tags":{"site":"lyon"},"state":{"every":1.5},"quota":7,"approval":"manual",
                 "naming":{"pattern":"[a-z]+"},"validUntil":"2099-01-01T00:00:00Z"}""");
        Answer read = client.get(PUMPS);

        assertThat(made.text("/attestation/primaryKey")).hasSize(43);
        assertThat(read.body().get("attestation")).hasToString("{\"kind\":\"symmetric-key\"}");
        assertThat(read.body().at("/state").toString()).isEqualTo("{\"every\":1.5}");
        assertThat(read.text("/quota")).isEqualTo("7");
        assertThat(read.text("/approval")).isEqualTo("manual");
        assertThat(read.text("/validUntil")).isEqualTo("2099-01-01T00:00:00Z");
        assertThat(read.text("/registered")).isEqualTo("0");
    }

    @Test
    void aChangeThatOthersMadeMeanwhileIsNotOverwritten() {
        client.put(PUMPS, KEYS + "}");
        String etag = String.valueOf(client.get(PUMPS).etag());
        Answer changed = change(KEYS + ",\"quota\":5}", etag);

        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.etag()).isNotEqualTo(etag);
        assertThat(change(KEYS + ",\"quota\":6}", etag).status()).isEqualTo(412);
        assertThat(client.put(PUMPS, KEYS + ",\"quota\":5}").etag()).isEqualTo(changed.etag());
    }

    @Test
    void whatAnotherTenantOwnsDoesNotExist() {
        client.put(PUMPS, KEYS + "}");
        BootstrapClient stranger = new BootstrapClient(http, tokens);

        assertThat(stranger.get(PUMPS).status()).isEqualTo(404);
        assertThat(stranger.delete(PUMPS).status()).isEqualTo(404);
        assertThat(stranger.post(PUMPS + ":rotate", "{\"key\":\"primary\"}").status())
                .isEqualTo(404);
        assertThat(stranger.put(PUMPS + "/denied/pump-1", "{}").status()).isEqualTo(404);
        assertThat(stranger.get("/api/v1/enrollment-groups").body().get("items"))
                .isEmpty();
        assertThat(client.get("/api/v1/enrollment-groups").text("/items/0/id")).isEqualTo("pumps");
    }

    @Test
    void aGroupThatIsRemovedIsGoneWithItsDenyList() {
        client.put(PUMPS, KEYS + "}");
        client.put(PUMPS + "/denied/pump-1", "{}");

        assertThat(client.delete(PUMPS).status()).isEqualTo(204);

        assertThat(client.get(PUMPS).status()).isEqualTo(404);
        client.put(PUMPS, KEYS + "}");
        assertThat(client.get(PUMPS + "/denied").body().get("items")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"attestation":{"kind":"symmetric-key","primaryKey":"short"}}             | /attestation/primaryKey
            {"attestation":{"kind":"x509"}}                                           | /attestation/certificateAuthorities
            {"attestation":{"kind":"symmetric-key","certificateAuthorities":["a"]}}   | /attestation/certificateAuthorities
            {"attestation":{"kind":"symmetric-key"},"quota":0}                        | /quota
            {"attestation":{"kind":"symmetric-key"},"tags":{"a":"${b"}}               | /tags/a
            {"attestation":{"kind":"symmetric-key"},"hook":{"url":"http://a"}}        | /hook/url
            {"attestation":{"kind":"symmetric-key"},"validFrom":"2030-01-01T00:00:00Z","validUntil":"2029-01-01T00:00:00Z"} | /validFrom""")
    void whatCannotBeCarriedOutIsRefusedWithItsPlace(String body, String pointer) {
        Answer answer = client.put(PUMPS, body);

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.text("/errors/0/pointer")).isEqualTo(pointer);
    }

    @Test
    void viewersReadAndChangeNothing() {
        client.put(PUMPS, KEYS + "}");
        String viewer = tokens.bearer(client.tenant, "viewer");

        assertThat(client.send(HttpMethod.PUT, PUMPS, KEYS + "}", viewer).status())
                .isEqualTo(403);
        assertThat(client.send(HttpMethod.DELETE, PUMPS, null, viewer).status()).isEqualTo(403);
        assertThat(client.send(HttpMethod.POST, PUMPS + ":rotate", "{\"key\":\"primary\"}", viewer)
                        .status())
                .isEqualTo(403);
    }

    private Answer change(String body, String etag) {
        return client.putIf(PUMPS, body, etag);
    }
}
