package io.warren.firmware.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.warren.firmware.FirmwareTest;
import io.warren.firmware.Integrator;
import io.warren.testing.backing.Backed;
import io.warren.testing.backing.TestTokens;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;

@FirmwareTest
@Backed
class ReleaseApiTest {

    private static final String R1 = "/api/v1/releases/r1";

    @Autowired
    private Integrator integrator;

    @Autowired
    private RestTestClient http;

    @Autowired
    private TestTokens tokens;

    private String tenant = "";
    private String artifact = "";

    @BeforeEach
    void ownTenantWithAnArtifact() {
        tenant = "t" + UUID.randomUUID().toString().substring(0, 8);
        artifact = integrator.artifact(tenant, "fw.bin", new byte[10]);
    }

    @Test
    void aDraftIsMadeAndChanged() {
        integrator
                .put(tenant, R1, integrator.releaseBody("fw", "1.0.0", artifact))
                .is(201);
        integrator
                .put(tenant, R1, integrator.releaseBody("fw", "1.0.1", artifact))
                .is(200);

        Integrator.Answer release = integrator.get(tenant, R1).is(200);
        assertThat(release.text("/status")).isEqualTo("draft");
        assertThat(release.text("/version")).isEqualTo("1.0.1");
        assertThat(release.text("/artifacts/0")).isEqualTo(artifact);
    }

    @Test
    void aReleasedReleaseIsImmutableAndRepeatingIsHarmless() {
        String body = integrator.releaseBody("fw", "1.0.0", artifact);
        integrator.put(tenant, R1, body).is(201);
        assertThat(integrator.post(tenant, R1 + ":release", "{}").is(200).text("/status"))
                .isEqualTo("released");

        integrator.put(tenant, R1, body).is(200);
        integrator.post(tenant, R1 + ":release", "{}").is(200);
        assertThat(integrator
                        .put(tenant, R1, body.replace("1.0.0", "1.0.1"))
                        .is(409)
                        .body())
                .contains("urn:warren:problem:release-immutable");
    }

    @Test
    void aRetiredReleaseDoesNotComeBack() {
        integrator.release(tenant, "r1", artifact);

        assertThat(integrator.post(tenant, R1 + ":retire", "{}").is(200).text("/status"))
                .isEqualTo("retired");
        integrator.post(tenant, R1 + ":release", "{}").is(409);
    }

    @Test
    void aDraftCannotBeRetired() {
        integrator
                .put(tenant, R1, integrator.releaseBody("fw", "1.0.0", artifact))
                .is(201);

        integrator.post(tenant, R1 + ":retire", "{}").is(409);
    }

    @Test
    void aVersionIsReleasedOnce() {
        integrator.release(tenant, "fw", artifact);

        assertThat(integrator
                        .put(tenant, "/api/v1/releases/r2", integrator.releaseBody("fw", "1.0.0", artifact))
                        .is(409)
                        .body())
                .contains("urn:warren:problem:release-version-taken");
    }

    @Test
    void aLostUpdateIsRefused() {
        integrator
                .put(tenant, R1, integrator.releaseBody("fw", "1.0.0", artifact))
                .is(201);
        integrator
                .put(tenant, R1, integrator.releaseBody("fw", "1.0.1", artifact))
                .is(200);

        http.put()
                .uri(R1)
                .header("Authorization", tokens.bearer(tenant, "integrator"))
                .header("If-Match", "\"0\"")
                .contentType(MediaType.APPLICATION_JSON)
                .body(integrator.releaseBody("fw", "1.0.2", artifact))
                .exchange()
                .expectStatus()
                .isEqualTo(412);

        http.put()
                .uri("/api/v1/releases/not-there")
                .header("Authorization", tokens.bearer(tenant, "integrator"))
                .header("If-Match", "*")
                .contentType(MediaType.APPLICATION_JSON)
                .body(integrator.releaseBody("fw", "1.0.3", artifact))
                .exchange()
                .expectStatus()
                .isEqualTo(412);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0", "v1.0.0", "01.0.0", "1.0.0-", "1.0.0 ", "", "latest"})
    void whatIsNoSemanticVersionIsRefused(String version) {
        assertThat(integrator
                        .put(tenant, R1, integrator.releaseBody("fw", version, artifact))
                        .is(422)
                        .body())
                .contains("/version");
    }

    @Test
    void artifactsOfAnotherTenantAndTwoOfOneNameAreRefused() {
        String foreign = integrator.artifact("stranger", "fw.bin", new byte[10]);
        String twin = integrator.artifact(tenant, "fw.bin", new byte[11]);

        assertThat(integrator
                        .put(tenant, R1, integrator.releaseBody("fw", "1.0.0", foreign))
                        .is(422)
                        .body())
                .contains("/artifacts/0");
        assertThat(integrator
                        .put(tenant, R1, integrator.releaseBody("fw", "1.0.0", artifact, twin))
                        .is(422)
                        .body())
                .contains("/artifacts/1");
        integrator.put(tenant, R1, """
                {"name":"fw","version":"1.0.0","artifacts":[]}""").is(422);
    }

    @Test
    void notesThatCannotBeKeptAreRefusedAndNotTakenForAConflict() {
        assertThat(integrator.put(tenant, R1, """
                                {"name":"fw","version":"1.0.0","artifacts":["%s"],"notes":"a\\u0000b"}""".formatted(artifact)).is(422).body())
                .contains("/notes");
    }

    @Test
    void aReleaseOfAnotherTenantDoesNotExist() {
        integrator.release(tenant, "r1", artifact);

        integrator.get("stranger", R1).is(404);
        integrator.post("stranger", R1 + ":retire", "{}").is(404);
        assertThat(integrator.get("stranger", "/api/v1/releases").is(200).body())
                .doesNotContain("r1");
    }

    @ParameterizedTest
    @CsvSource({"viewer,403", "operator,403", "device,403", "integrator,201"})
    void integratorsMakeReleases(String role, int status) {
        integrator
                .call(tenant, role, HttpMethod.PUT, R1, integrator.releaseBody("fw", "1.0.0", artifact))
                .is(status);
    }

    @Test
    void anIdThatCannotBeAddressedIsRefused() {
        integrator
                .put(tenant, "/api/v1/releases/r1:release", integrator.releaseBody("fw", "1.0.0", artifact))
                .is(422);
    }
}
