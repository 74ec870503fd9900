package io.warren.provisioning.offlinebundle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.device.DeviceId;
import io.warren.contracts.device.TenantId;
import io.warren.contracts.provisioning.BundleEvent;
import io.warren.provisioning.ProvisioningTest;
import io.warren.provisioning.attestation.AttestationKind;
import io.warren.provisioning.attestation.Attestations;
import io.warren.provisioning.attestation.Attested;
import io.warren.provisioning.attestation.RegisterRequest;
import io.warren.provisioning.attestation.Source;
import io.warren.provisioning.attestation.SymmetricKey;
import io.warren.provisioning.attestation.Verdict;
import io.warren.provisioning.authority.AuthorityApi;
import io.warren.provisioning.manifest.ManifestApi;
import io.warren.provisioning.sealing.HookSecrets;
import io.warren.provisioning.signedproof.TestProof;
import io.warren.testing.backing.Backed;
import io.warren.testing.backing.TestTokens;
import io.warren.testing.tls.TestIdentity;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Clock;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** From one installation to another: what is known there afterwards, and what is not taken in. */
@ProvisioningTest
@Backed
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BundleTest {

    private static final TestIdentity FACTORY = TestIdentity.authority("CN=Factory,O=Acme");
    private static final TestIdentity SITE_ROOT = TestIdentity.authority("CN=Root of the site");
    private static final DeviceId PUMP = new DeviceId("pump-17");
    private static final String HOOK_SECRET = "a-secret-of-the-hook-1";

    @Autowired
    private RestTestClient http;

    @Autowired
    private TestTokens tokens;

    @Autowired
    private JdbcClient jdbc;

    @LocalServerPort
    private int port;

    private Site site;

    private TenantId tenant = new TenantId("t");

    private BundleApi centre;

    private BundleApi there;

    @SuppressWarnings("NullAway.Init")
    BundleTest() {}

    @BeforeAll
    void aSite(@TempDir Path directory, @Autowired Environment environment) throws IOException {
        site = new Site(environment, Files.writeString(directory.resolve("ca.pem"), SITE_ROOT.pem()));
    }

    @AfterAll
    void noSite() {
        site.close();
    }

    @BeforeEach
    void ownTenant() {
        tenant = new TenantId("t" + UUID.randomUUID().toString().substring(0, 8));
        centre = new BundleApi(port, tokens, tenant.value());
        there = new BundleApi(site.port(), tokens, tenant.value());
    }

    @Test
    void devicesProveThemselvesOnTheSiteAsTheyWouldAtTheCentre() {
        KeyPair element = TestIdentity.keys("EC", 256);
        TestIdentity listed = TestIdentity.selfSigned("CN=whatever").make();
        new AuthorityApi(http, tokens, tenant.value()).trust("factory", FACTORY);
        group("factory", "{\"kind\":\"x509\",\"certificateAuthorities\":[\"factory\"]}");
        String groupKey = group("keyed", "{\"kind\":\"symmetric-key\"}")
                .at("/attestation/primaryKey")
                .stringValue();
        group("labels", "{\"kind\":\"claim-token\"}");
        String token = centre.done("POST", "enrollment-groups/labels/claim-tokens", "{\"count\":1}")
                .at("/items/0/claimToken")
                .stringValue();
        group("elements", "{\"kind\":\"manifest\"}");
        list("elements", "0123", "pump-17", element);
        String deviceKey = enrol("own-key", "{\"kind\":\"symmetric-key\"}")
                .at("/attestation/key")
                .stringValue();
        enrol(
                "own-certificate",
                "{\"kind\":\"x509\",\"certificate\":" + JsonMapper.shared().writeValueAsString(listed.pem()) + "}");
        String own = enrol("own-token", "{\"kind\":\"claim-token\"}")
                .get("claimToken")
                .stringValue();

        JsonNode report = there.brought(centre.bundle("""
                "groups":["factory","keyed","labels","elements"],
                "enrollments":["own-key","own-certificate","own-token"]"""));

        assertThat(created(report, "groups")).isEqualTo(4);
        assertThat(created(report, "certificateAuthorities")).isEqualTo(1);
        assertThat(created(report, "enrollments")).isEqualTo(4);
        assertThat(created(report, "manifestRows")).isEqualTo(1);
        assertThat(report.get("deviceTypes").toString()).isEqualTo("[\"pump\"]");
        assertComes("group/keyed", AttestationKind.SYMMETRIC_KEY, derived(groupKey), "keyed");
        assertComes("group/labels", AttestationKind.CLAIM_TOKEN, token, null);
        assertComes(
                "group/factory",
                AttestationKind.X509,
                null,
                "factory",
                FACTORY.issue("CN=pump-17").make());
        assertComes(
                "group/elements",
                AttestationKind.PUBLIC_KEY,
                TestProof.by(element)
                        .of(new DeviceAddress(tenant, PUMP))
                        .until(Clock.systemUTC().instant().plusSeconds(600)),
                null);
        assertComes("own-key", AttestationKind.SYMMETRIC_KEY, deviceKey, null);
        assertComes("own-certificate", AttestationKind.X509, null, null, listed);
        assertComes("own-token", AttestationKind.CLAIM_TOKEN, own, null);
    }

    @Test
    void whatIsWantedOfAGroupsDevicesGoesAlongWithTheSecretsOfItsHooks() {
        String policy = """
                "deviceType":"pump","tags":{"site":"lyon","batch":"${identifiers.batch|none}"},"quota":12,
                "state":{"rate":1.5,"limits":[1,2]},"approval":"manual","reprovisioning":"reset",
                "naming":{"pattern":"pump-.*"},
                "hook":{"url":"https://hook.example.com/registrations","secret":"%s"}""".formatted(HOOK_SECRET);
        centre.done("PUT", "enrollment-groups/keyed", "{\"attestation\":{\"kind\":\"symmetric-key\"}," + policy + "}");
        centre.done("PUT", "enrollment-groups/keyed/denied/pump-9", "{\"reason\":\"stolen\"}");

        JsonNode report = there.brought(centre.bundle("\"groups\":[\"keyed\"]"));

        assertThat(created(report, "denied")).isEqualTo(1);
        assertThat(there.get("enrollment-groups/keyed/denied")
                        .at("/items/0/reason")
                        .stringValue())
                .isEqualTo("stolen");
        JsonNode group = there.get("enrollment-groups/keyed");
        JsonNode original = centre.get("enrollment-groups/keyed");
        for (String field : new String[] {"tags", "state", "quota", "approval", "reprovisioning", "naming", "hook"}) {
            assertThat(group.get(field)).as(field).isEqualTo(original.get(field));
        }
        String sealed = site.bean(JdbcClient.class)
                .sql("SELECT policy #>> '{hook,secret}' FROM enrollment_group WHERE tenant = ?")
                .param(tenant.value())
                .query(String.class)
                .single();
        assertThat(site.bean(HookSecrets.class).open(tenant, "group/keyed", sealed))
                .contains(HOOK_SECRET);
    }

    @Test
    void theSameBundleAgainChangesNothing() {
        group("keyed", "{\"kind\":\"symmetric-key\"}");
        group("labels", "{\"kind\":\"claim-token\"}");
        centre.done("POST", "enrollment-groups/labels/claim-tokens", "{\"count\":600}");
        centre.done("PUT", "enrollment-groups/keyed/denied/pump-9", "{}");
        String bundle = centre.bundle("\"groups\":[\"keyed\",\"labels\"]");

        assertThat(created(there.brought(bundle), "enrollments")).isEqualTo(600);
        JsonNode before = there.get("enrollment-groups/keyed");
        JsonNode again = there.brought(bundle);

        assertThat(figures(again, "groups")).isEqualTo("0 0 2 0");
        assertThat(figures(again, "denied")).isEqualTo("0 0 1 0");
        assertThat(figures(again, "enrollments")).isEqualTo("0 0 600 0");
        assertThat(there.get("enrollment-groups/keyed")).isEqualTo(before);
        assertThat(told(site.bean(JdbcClient.class), BundleEvent.IMPORTED)).isEqualTo(1);
    }

    @Test
    void aNewerBundleUpdatesAndAnOlderOneDoesNot() {
        group("keyed", "{\"kind\":\"symmetric-key\"}");
        group("labels", "{\"kind\":\"claim-token\"}");
        String enrollment = centre.done("POST", "enrollment-groups/labels/claim-tokens", "{\"count\":1}")
                .at("/items/0/id")
                .stringValue();
        String older = centre.bundle("\"groups\":[\"keyed\",\"labels\"]");
        there.brought(older);
        String key = centre.done("POST", "enrollment-groups/keyed:rotate", "{\"key\":\"primary\"}")
                .at("/attestation/primaryKey")
                .stringValue();
        centre.done("DELETE", "enrollments/" + enrollment, "");

        JsonNode report = there.brought(centre.bundle("\"groups\":[\"keyed\",\"labels\"]"));

        assertThat(figures(report, "groups")).isEqualTo("0 1 1 0");
        assertThat(figures(report, "enrollments")).isEqualTo("0 1 0 0");
        assertComes("group/keyed", AttestationKind.SYMMETRIC_KEY, derived(key), "keyed");
        assertThat(there.get("enrollments/" + enrollment).get("status").stringValue())
                .isEqualTo("revoked");
        JsonNode stale = there.brought(older);
        assertThat(figures(stale, "groups")).isEqualTo("0 0 0 2");
        assertThat(figures(stale, "enrollments")).isEqualTo("0 0 0 1");
        assertThat(reason(stale, "groups")).contains("newer bundle");
        assertComes("group/keyed", AttestationKind.SYMMETRIC_KEY, derived(key), "keyed");
    }

    @Test
    void whatTheSiteHasMadeItselfIsItsOwn() {
        there.done("PUT", "enrollment-groups/labels", "{\"attestation\":{\"kind\":\"claim-token\"},\"quota\":3}");
        there.done("PUT", "enrollments/line", "{\"attestation\":{\"kind\":\"claim-token\"},\"deviceId\":\"pump-17\"}");
        group("labels", "{\"kind\":\"claim-token\"}");
        centre.done("POST", "enrollment-groups/labels/claim-tokens", "{\"count\":1}");
        enrol("line", "{\"kind\":\"claim-token\"}");

        JsonNode report = there.brought(centre.bundle("\"groups\":[\"labels\"],\"enrollments\":[\"line\"]"));

        assertThat(figures(report, "groups")).isEqualTo("0 0 0 1");
        assertThat(reason(report, "groups")).contains("made here");
        assertThat(figures(report, "enrollments")).isEqualTo("0 0 0 2");
        assertThat(there.get("enrollment-groups/labels").get("quota").intValue())
                .isEqualTo(3);
    }

    @Test
    void aTokenThatWasUsedAtTheCentreIsItsDevicesOnTheSiteToo() {
        group("labels", "{\"kind\":\"claim-token\"}");
        String enrollment = centre.done("POST", "enrollment-groups/labels/claim-tokens", "{\"count\":1}")
                .at("/items/0/id")
                .stringValue();
        jdbc.sql("UPDATE enrollment SET admitted_device = 'pump-17', admitted_at = now() WHERE tenant = ?")
                .param(tenant.value())
                .update();

        there.brought(centre.bundle("\"groups\":[\"labels\"]"));

        JsonNode brought = there.get("enrollments/" + enrollment);
        assertThat(brought.get("status").stringValue()).isEqualTo("claimed");
        assertThat(brought.get("claimedBy").stringValue()).isEqualTo("pump-17");
    }

    @Test
    void aBundleOfAnotherTenantIsTakenInWhenThatIsSaid() {
        group("labels", "{\"kind\":\"claim-token\"}");
        String bundle = centre.bundle("\"groups\":[\"labels\"]");
        BundleApi other = new BundleApi(site.port(), tokens, "o" + tenant);

        HttpResponse<String> refusal = other.bring(bundle, BundleApi.PASSPHRASE);
        assertThat(refusal.statusCode()).isEqualTo(422);
        assertThat(refusal.body()).contains("bundle-of-another-tenant", tenant.value());

        HttpResponse<String> taken = other.bring(JsonMapper.shared()
                .createObjectNode()
                .put("bundle", bundle)
                .put("passphrase", BundleApi.PASSPHRASE)
                .put("acceptTenant", tenant.value()));
        assertThat(taken.statusCode()).as(taken.body()).isEqualTo(200);
        assertThat(other.get("enrollment-groups/labels").get("id").stringValue())
                .isEqualTo("labels");
    }

    @Test
    void theRootsThatAreMissingOnTheSiteAreInTheAnswer(@Value("${warren.issuing.ca-file}") Path roots)
            throws IOException {
        group("labels", "{\"kind\":\"claim-token\"}");

        JsonNode report = there.brought(centre.bundle("\"groups\":[\"labels\"]"));

        assertThat(report.get("missingRoots").stringValue().strip())
                .isEqualTo(Files.readString(roots).strip());
        assertThat(report.get("issuers").stringValue())
                .contains("BEGIN CERTIFICATE")
                .doesNotContain("PRIVATE KEY");
    }

    @Test
    void aBundleGoesAsAFileThatNobodyKeeps() {
        group("keyed", "{\"kind\":\"symmetric-key\"}");

        HttpResponse<String> answer = centre.export("\"groups\":[\"keyed\"]");

        assertThat(answer.headers().firstValue("Content-Type")).contains("application/jose");
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(answer.headers().firstValue("Content-Disposition").orElseThrow())
                .startsWith("attachment; filename=\"warren-" + tenant + "-")
                .endsWith(".jwe\"");
        assertThat(told(jdbc, BundleEvent.EXPORTED)).isEqualTo(1);
    }

    @Test
    void onlyAdministratorsTakeKeysOutOrBringThem() {
        group("keyed", "{\"kind\":\"symmetric-key\"}");
        String bundle = centre.bundle("\"groups\":[\"keyed\"]");

        for (String action : new String[] {"export", "import"}) {
            assertThat(centre.send(
                                    "integrator",
                                    "POST",
                                    "enrollment-groups:" + action,
                                    "{\"groups\":[\"keyed\"],\"passphrase\":\"" + BundleApi.PASSPHRASE
                                            + "\",\"bundle\":\"" + bundle + "\"}")
                            .statusCode())
                    .as(action)
                    .isEqualTo(403);
        }
    }

    @Test
    void whatCannotLeaveIsToldWithoutThePassphrase() {
        group("labels", "{\"kind\":\"claim-token\"}");

        assertThat(centre.export("\"groups\":[\"labels\",\"nothing\"]").statusCode())
                .isEqualTo(404);
        assertThat(centre.export("\"enrollments\":[\"nothing\"]").statusCode()).isEqualTo(404);
        assertThat(centre.export("\"groups\":[]").statusCode()).isEqualTo(422);
        HttpResponse<String> weak = centre.send(
                "admin",
                "POST",
                "enrollment-groups:export",
                "{\"groups\":[\"labels\"],\"passphrase\":\"too-short-one\"}");
        assertThat(weak.statusCode()).isEqualTo(422);
        assertThat(weak.body()).doesNotContain("too-short-one");
    }

    @Test
    void whatIsNotAsItWasMadeIsNotTakenIn() {
        group("labels", "{\"kind\":\"claim-token\"}");
        String bundle = centre.bundle("\"groups\":[\"labels\"]");

        assertThat(there.bring(bundle, "correct horse battery stapler").statusCode())
                .isEqualTo(400);
        int half = bundle.length() - 40;
        String altered =
                bundle.substring(0, half) + (bundle.charAt(half) == 'A' ? 'B' : 'A') + bundle.substring(half + 1);
        assertThat(there.bring(altered, BundleApi.PASSPHRASE).body()).contains("bundle-not-opened");
        assertThat(there.bring("a".repeat(BundleLock.LONGEST + 1), BundleApi.PASSPHRASE)
                        .statusCode())
                .isEqualTo(413);
        assertThat(there.send("viewer", "GET", "enrollment-groups/labels", "").statusCode())
                .isEqualTo(404);
    }

    @Test
    void whatAPersonHasWrittenIntoABundleIsLookedAtLikeARequest() {
        HttpResponse<String> answer = there.bring(crafted("""
                "groups":[
                  {"id":"fine","group":{"attestation":{"kind":"claim-token"}}},
                  {"id":"../x","group":{"attestation":{"kind":"claim-token"}}},
                  {"id":"tags","group":{"attestation":{"kind":"claim-token"},"tags":{"9":"x"}}},
                  {"id":"template","group":{"attestation":{"kind":"claim-token"},"tags":{"a":"${"}}},
                  {"id":"keys","group":{"attestation":{"kind":"x509"}}}],
                "denied":[{"group":"nothing","registrationId":"pump-1"}],
                "enrollments":[
                  {"id":"no-token","createdAt":"2026-11-01T00:00:00Z",
                   "enrollment":{"attestation":{"kind":"claim-token"}}},
                  {"id":"others","group":"tags","tokenSha256":"%s","createdAt":"2026-11-01T00:00:00Z",
                   "enrollment":{"attestation":{"kind":"claim-token"}}}],
                "manifestRows":[{"group":"fine","element":"0123","deviceId":"pump-1","attributes":{}}]""".formatted("ab".repeat(32))), BundleApi.PASSPHRASE);

        JsonNode report = JsonMapper.shared().readTree(answer.body());
        assertThat(figures(report, "groups")).as(answer.body()).isEqualTo("1 0 0 4");
        assertThat(figures(report, "denied")).isEqualTo("0 0 0 1");
        assertThat(figures(report, "enrollments")).isEqualTo("0 0 0 2");
        assertThat(figures(report, "manifestRows")).isEqualTo("0 0 0 1");
    }

    @Test
    void whatSaysMoreThanIsKnownHereIsNotTakenInAtAll() {
        for (String members : new String[] {
            "\"groups\":[{\"id\":\"a\",\"group\":{\"attestation\":{\"kind\":\"claim-token\"},\"newest\":1}}]",
            "\"novelties\":[]",
            "\"groups\":[{\"id\":\"a\"",
        }) {
            HttpResponse<String> answer = there.bring(crafted(members), BundleApi.PASSPHRASE);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
            assertThat(answer.body()).contains("bundle-unreadable");
        }
        assertThat(there.get("enrollment-groups").get("items")).isEmpty();
    }

    private String crafted(String members) {
        return BundleLock.close("""
                {"bundle":{"format":1,"tenant":"%s","madeAt":"2026-11-20T10:00:00Z","roots":"","issuers":""},%s}""".formatted(tenant, members).getBytes(UTF_8), BundleApi.PASSPHRASE);
    }

    private JsonNode group(String id, String attestation) {
        return centre.done(
                "PUT", "enrollment-groups/" + id, "{\"attestation\":" + attestation + ",\"deviceType\":\"pump\"}");
    }

    private JsonNode enrol(String id, String attestation) {
        return centre.done(
                "PUT", "enrollments/" + id, "{\"attestation\":" + attestation + ",\"deviceId\":\"pump-17\"}");
    }

    private void list(String group, String element, String device, KeyPair key) {
        HttpResponse<String> answer = new ManifestApi(port, tokens, tenant.value())
                .post(
                        group,
                        "application/x-ndjson",
                        BodyPublishers.ofString("{\"element\":\"%s\",\"deviceId\":\"%s\",\"publicKey\":\"%s\"}"
                                .formatted(
                                        element,
                                        device,
                                        Base64.getEncoder()
                                                .encodeToString(key.getPublic().getEncoded()))));
        assertThat(answer.body()).contains("created");
    }

    private static String derived(String groupKey) {
        return new SymmetricKey(groupKey).ofDevice(PUMP.value()).text();
    }

    private void assertComes(
            String door, AttestationKind kind, @Nullable String token, @Nullable String group, TestIdentity... chain) {
        Verdict verdict = site.bean(Attestations.class)
                .attest(
                        new RegisterRequest(
                                tenant,
                                PUMP,
                                new RegisterRequest.Attestation(kind, token, group),
                                null,
                                null,
                                null,
                                null),
                        new Source(
                                null,
                                Arrays.stream(chain)
                                        .map(TestIdentity::certificate)
                                        .toList()));
        assertThat(verdict)
                .as(verdict.toString())
                .isInstanceOfSatisfying(
                        Attested.class,
                        attested -> assertThat(attested.door().name()).isEqualTo(door));
    }

    private int told(JdbcClient database, String event) {
        return database.sql("SELECT count(*) FROM outbox WHERE type = ? AND payload::text LIKE '%' || ? || '%'")
                .params(event, tenant.value())
                .query(Integer.class)
                .single();
    }

    private static int created(JsonNode report, String part) {
        return report.at("/parts/" + part + "/created").intValue();
    }

    private static String figures(JsonNode report, String part) {
        JsonNode figures = report.at("/parts/" + part);
        return "%s %s %s %s"
                .formatted(
                        figures.get("created"),
                        figures.get("updated"),
                        figures.get("unchanged"),
                        figures.get("refused"));
    }

    private static String reason(JsonNode report, String part) {
        return report.at("/parts/" + part + "/refusals/0/reason").stringValue();
    }
}
