package io.warren.provisioning.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.warren.contracts.device.AccessToken;
import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.provisioning.RegistrationEvent;
import io.warren.contracts.registry.RegistrationReply;
import io.warren.contracts.registry.RegistrationReply.Outcome;
import io.warren.contracts.registry.RegistrationRequest;
import io.warren.provisioning.ProvisioningTest;
import io.warren.provisioning.attestation.SymmetricKey;
import io.warren.provisioning.bootstrap.BootstrapClient.Answer;
import io.warren.testing.backing.Backed;
import io.warren.testing.backing.TestTokens;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Devices come through groups whose keys theirs are derived of. */
@ProvisioningTest
@Backed(broker = Backed.Broker.OWN_VHOST)
@Import(RegistryStub.class)
@TestPropertySource(properties = "warren.brute-force.device-failures=1000") // they all come from nowhere
class GroupBootstrapIT {

    private static final String KEY = SymmetricKey.random().text();
    private static final String KEYED =
            "{\"approval\":\"manual\",\"attestation\":{\"kind\":\"symmetric-key\",\"primaryKey\":\"" + KEY + "\"}}";

    @Autowired
    private RestTestClient http;

    @Autowired
    private TestTokens tokens;

    @Autowired
    private RegistryStub registry;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private TransactionTemplate transaction;

    private BootstrapClient client;

    @BeforeEach
    void ownTenant() {
        client = new BootstrapClient(http, tokens);
        registry.requests.clear();
        registry.answer = RegistryStub.AGREES;
    }

    @Test
    void aDeviceComesWithItsKeyAndIsWhatTheGroupSays() {
        String group = client.group("pumps", """
                "deviceType":"pump","tags":{"serial":"${identifiers.serial}"},"state":{"site":"${identifiers.site|lyon}","every":60}""");

        Answer answer = client.register("pump-17", BootstrapClient.key("pumps", keyOf(group, "pump-17")));

        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
        assertThat(answer.text("/status")).isEqualTo("registered");
        assertThat(answer.text("/credentials/secret")).hasSize(43);
        assertThat(answer.text("/desired/state/site")).isEqualTo("lyon");
        assertThat(registry.requests).singleElement().satisfies(request -> {
            assertThat(request.enrollment()).isEqualTo("group/pumps");
            assertThat(request.type()).isEqualTo("pump");
            assertThat(request.tags()).containsOnly(Map.entry("serial", "S-pump-17"));
            assertThat(request.desired()).containsEntry("every", 60);
            assertThat(request.mode()).isEqualTo(RegistrationRequest.Mode.ENROL);
        });
        assertThat(client.get("/api/v1/enrollment-groups/pumps")
                        .body()
                        .get("registered")
                        .intValue())
                .isEqualTo(1);
        await().untilAsserted(() -> assertThat(registry.events)
                .filteredOn(event -> event.tenant().equals(client.tenant))
                .extracting(RegistrationEvent::device, RegistrationEvent::group)
                .containsExactly(tuple("pump-17", "pumps")));
    }

    @Test
    void theSecondaryKeyAndSignedTokensDoAsWell() {
        Answer made = client.put("/api/v1/enrollment-groups/pumps", "{\"attestation\":{\"kind\":\"symmetric-key\"}}");
        String secondary = keyOf(made.text("/attestation/secondaryKey"), "pump-17");

        assertThat(client.register("pump-17", BootstrapClient.key("pumps", secondary))
                        .status())
                .isEqualTo(200);
        assertThat(client.register(
                                "pump-17",
                                BootstrapClient.key("pumps", token("pump-17", secondary, Duration.ofHours(1))))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void whatIsForgedOrForAnotherOrAtTheWrongTimeIsRefusedInTheSameWords() {
        String group = client.group("pumps", "");
        String own = keyOf(group, "pump-17");
        BootstrapClient stranger = new BootstrapClient(http, tokens);
        String foreign = stranger.group("pumps", "");

        List<String> proofs = List.of(
                keyOf(group, "pump-18"),
                group,
                SymmetricKey.random().text(),
                keyOf(foreign, "pump-17"),
                token("pump-18", own, Duration.ofHours(1)),
                token("pump-17", own, Duration.ofMinutes(-6)),
                token("pump-17", own, Duration.ofHours(25)),
                token("pump-17", keyOf(group, "pump-18"), Duration.ofHours(1)),
                AccessToken.sign(
                                DeviceAddress.of(stranger.tenant, "pump-17"),
                                Instant.now().plusSeconds(60),
                                AccessToken.key(own))
                        .text(),
                token("pump-17", own, Duration.ofHours(1)).replace("se=1", "se=2"));

        assertThat(proofs)
                .map(proof -> client.register("pump-17", BootstrapClient.key("pumps", proof)))
                .allSatisfy(answer -> {
                    assertThat(answer.status()).isEqualTo(401);
                    assertThat(answer.text("/type")).isEqualTo("urn:warren:problem:attestation-refused");
                    assertThat(answer.text("/detail")).isEqualTo("The proof is not valid.");
                });
        assertThat(client.register("pump-17", BootstrapClient.key("none", own)).status())
                .isEqualTo(401);
        assertThat(registry.requests).isEmpty();
        assertThat(client.get("/api/v1/registrations?group=pumps&status=refused")
                        .body()
                        .at("/items/0/attempts")
                        .intValue())
                .isEqualTo(proofs.size());
    }

    @Test
    void whoForgesTriesDoesNotTouchTheWayInOfTheDevice() {
        String key = keyOf(client.group("pumps", "\"approval\":\"manual\""), "pump-17");
        client.register("pump-17", BootstrapClient.key("pumps", key));

        client.register("pump-17", BootstrapClient.key("pumps", "forged"));

        assertThat(client.get("/api/v1/registrations?device=pump-17").body().get("items"))
                .extracting(registration -> registration.get("status").stringValue())
                .containsExactlyInAnyOrder("pending-approval", "refused");
    }

    @Test
    void aDeviceThatLostItsAnswerGetsTheSameAndLaterAnew() {
        String key = keyOf(client.group("pumps", "\"reprovisioning\":\"reset\""), "pump-17");
        Answer first = client.register("pump-17", BootstrapClient.key("pumps", key));
        Answer again = client.register("pump-17", BootstrapClient.key("pumps", key));
        jdbc.sql("UPDATE registration SET registered_at = registered_at - interval '2 hours' WHERE tenant = ?")
                .param(client.tenant)
                .update();

        Answer later = client.register("pump-17", BootstrapClient.key("pumps", key));

        assertThat(again.text("/credentials/secret")).isEqualTo(first.text("/credentials/secret"));
        assertThat(later.text("/credentials/secret")).isNotEqualTo(first.text("/credentials/secret"));
        assertThat(later.text("/registrationId")).isEqualTo(first.text("/registrationId"));
        assertThat(registry.requests)
                .extracting(RegistrationRequest::mode)
                .containsExactly(
                        RegistrationRequest.Mode.ENROL, RegistrationRequest.Mode.ENROL, RegistrationRequest.Mode.RESET);
        assertThat(client.register("pump-17", BootstrapClient.key("pumps", key)).text("/credentials/secret"))
                .isEqualTo(later.text("/credentials/secret"));
    }

    @Test
    void aServiceThatIsKilledBeforeItAnswersGivesTheSameWhenTheDeviceRepeats() {
        String key = keyOf(client.group("pumps", ""), "pump-17");
        // the registry has it, its answer comes too late
        registry.answer = request -> {
            await().pollDelay(Duration.ofMillis(1500)).until(() -> true);
            return RegistryStub.AGREES.apply(request);
        };
        Answer lost = client.register("pump-17", BootstrapClient.key("pumps", key));
        registry.answer = _ -> new RegistrationReply(Outcome.ALREADY_REGISTERED, null);

        assertThat(lost.status()).isEqualTo(503);
        assertThat(Integer.parseInt(String.valueOf(lost.retryAfter()))).isBetween(2, 8);
        await().untilAsserted(() -> assertThat(client.register("pump-17", BootstrapClient.key("pumps", key))
                        .status())
                .isEqualTo(200));
        assertThat(registry.requests)
                .extracting(RegistrationRequest::secretSha256)
                .hasSizeGreaterThan(1)
                .containsOnly(registry.requests.getFirst().secretSha256());
    }

    @Test
    void aGroupLetsInAsManyDevicesAsItMayEvenAllAtOnce() throws Exception {
        String group = client.group("pumps", "\"quota\":3");
        try (ExecutorService executor = Executors.newFixedThreadPool(8)) {
            List<Callable<Integer>> attempts = IntStream.range(0, 8)
                    .<Callable<Integer>>mapToObj(i ->
                            () -> client.register("pump-" + i, BootstrapClient.key("pumps", keyOf(group, "pump-" + i)))
                                    .status())
                    .toList();
            assertThat(executor.invokeAll(attempts).stream()
                            .map(Future::resultNow)
                            .sorted())
                    .containsExactly(200, 200, 200, 403, 403, 403, 403, 403);
        }
        assertThat(client.get("/api/v1/enrollment-groups/pumps")
                        .body()
                        .get("registered")
                        .intValue())
                .isEqualTo(3);
    }

    @Test
    void whoCameBeforeThereWasAQuotaCounts() {
        String group = client.group("pumps", "");
        client.register("pump-1", BootstrapClient.key("pumps", keyOf(group, "pump-1")));
        client.put("/api/v1/enrollment-groups/pumps", "{\"attestation\":{\"kind\":\"symmetric-key\"},\"quota\":2}");

        assertThat(List.of("pump-1", "pump-2", "pump-3"))
                .map(device -> client.register(device, BootstrapClient.key("pumps", keyOf(group, device)))
                        .status())
                .containsExactly(200, 200, 403);
    }

    @Test
    void aQuotaThatComesBackCountsWhoCameMeanwhile() {
        String keyed = "{\"attestation\":{\"kind\":\"symmetric-key\"}";
        String group = client.group("pumps", "\"quota\":2");
        client.put("/api/v1/enrollment-groups/pumps", keyed + "}");
        // another replica that remembered the quota
        jdbc.sql("INSERT INTO enrollment_group_places VALUES (?, 'pumps', 0)")
                .param(client.tenant)
                .update();
        client.register("pump-1", BootstrapClient.key("pumps", keyOf(group, "pump-1")));
        client.put("/api/v1/enrollment-groups/pumps", keyed + ",\"quota\":1}");

        assertThat(client.register("pump-2", BootstrapClient.key("pumps", keyOf(group, "pump-2")))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void aDeviceThatTheRegistryRefusesTakesNoPlace() {
        String group = client.group("pumps", "\"quota\":1");
        registry.answer = _ -> new RegistrationReply(Outcome.REFUSED, "not that one");
        client.register("pump-1", BootstrapClient.key("pumps", keyOf(group, "pump-1")));
        registry.answer = RegistryStub.AGREES;

        assertThat(client.register("pump-2", BootstrapClient.key("pumps", keyOf(group, "pump-2")))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void whoIsOnTheDenyListIsNotLetIn() {
        String group = client.group("pumps", "");
        client.put("/api/v1/enrollment-groups/pumps/denied/pump-1", "{\"reason\":\"stolen\"}");

        Answer denied = client.register("pump-1", BootstrapClient.key("pumps", keyOf(group, "pump-1")));

        assertThat(denied.status()).isEqualTo(403);
        assertThat(denied.text("/detail")).contains("stolen");
        assertThat(client.get("/api/v1/enrollment-groups/pumps/denied").text("/items/0/registrationId"))
                .isEqualTo("pump-1");
        client.delete("/api/v1/enrollment-groups/pumps/denied/pump-1");
        assertThat(client.register("pump-1", BootstrapClient.key("pumps", keyOf(group, "pump-1")))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aGroupIsValidForItsTime() {
        String early = client.group("early", "\"validFrom\":\"2099-01-01T00:00:00Z\"");
        String late = client.group("late", "\"validUntil\":\"2020-01-01T00:00:00Z\"");

        assertThat(client.register("pump-1", BootstrapClient.key("early", keyOf(early, "pump-1")))
                        .status())
                .isEqualTo(401);
        assertThat(client.register("pump-1", BootstrapClient.key("late", keyOf(late, "pump-1")))
                        .status())
                .isEqualTo(401);
    }

    @Test
    void aDeviceWaitsUntilAPersonAgrees() {
        String key = keyOf(client.group("pumps", "\"approval\":\"manual\""), "pump-17");
        Answer waiting = client.register("pump-17", BootstrapClient.key("pumps", key));
        String id = waiting.text("/registrationId");

        assertThat(waiting.status()).isEqualTo(202);
        assertThat(waiting.text("/status")).isEqualTo("pending-approval");
        assertThat(Integer.parseInt(String.valueOf(waiting.retryAfter()))).isBetween(30, 90);
        assertThat(client.asDevice("/bootstrap/v1/register/" + id).body().has("credentials"))
                .isFalse();
        assertThat(client.register("pump-17", BootstrapClient.key("pumps", key)).status())
                .isEqualTo(202);
        assertThat(registry.requests).isEmpty();

        assertThat(client.post("/api/v1/registrations/" + id + ":approve", "").status())
                .isEqualTo(200);

        assertThat(client.register("pump-17", BootstrapClient.key("pumps", key)).status())
                .isEqualTo(200);
        assertThat(client.asDevice("/bootstrap/v1/register/" + id).text("/status"))
                .isEqualTo("registered");
    }

    @Test
    void aDeviceThatAPersonDeniesStaysOut() {
        String key = keyOf(client.group("pumps", "\"approval\":\"manual\""), "pump-17");
        String id =
                client.register("pump-17", BootstrapClient.key("pumps", key)).text("/registrationId");

        client.post("/api/v1/registrations/" + id + ":deny", "{\"reason\":\"not ours\"}");

        Answer answer = client.register("pump-17", BootstrapClient.key("pumps", key));
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.text("/detail")).isEqualTo("not ours");
        assertThat(client.post("/api/v1/registrations/" + id + ":deny", "{}").status())
                .isEqualTo(409);
    }

    @Test
    void anotherBoardTakesTheDeviceOverOnceAPersonHasAgreed() {
        String key = keyOf(client.group("pumps", "\"replacement\":\"approval\""), "pump-17");
        String attestation = BootstrapClient.key("pumps", key);
        Answer first = client.registerWith("pump-17", attestation, "\"identifiers\":{\"serial\":\"A\"}");

        Answer other = client.registerWith("pump-17", attestation, "\"identifiers\":{\"serial\":\"B\"}");
        assertThat(other.status()).isEqualTo(202);
        client.post("/api/v1/registrations/" + other.text("/registrationId") + ":approve", "");
        Answer replaced = client.registerWith("pump-17", attestation, "\"identifiers\":{\"serial\":\"B\"}");

        assertThat(replaced.status()).isEqualTo(200);
        assertThat(replaced.text("/credentials/secret")).isNotEqualTo(first.text("/credentials/secret"));
        assertThat(registry.requests.getLast().mode()).isEqualTo(RegistrationRequest.Mode.REPLACE);
    }

    @Test
    void anotherBoardIsTurnedAwayWhereNobodyIsToBeReplaced() {
        String attestation = BootstrapClient.key("pumps", keyOf(client.group("pumps", ""), "pump-17"));
        client.registerWith("pump-17", attestation, "\"identifiers\":{\"serial\":\"A\"}");

        assertThat(client.registerWith("pump-17", attestation, "\"identifiers\":{\"serial\":\"B\"}")
                        .status())
                .isEqualTo(403);
        assertThat(client.registerWith("pump-17", attestation, "\"identifiers\":{\"serial\":\"A\"}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void oneClaimTokenOfAGroupDoesNotOpenWhatAnotherHasLetIn() {
        List<String> claims = claims("labels", "");
        assertThat(client.register("pump-17", BootstrapClient.claim(claims.getFirst()))
                        .status())
                .isEqualTo(200);

        Answer stolen = client.register("pump-17", BootstrapClient.claim(claims.getLast()));

        assertThat(stolen.status()).as(stolen.body().toString()).isEqualTo(403);
        assertThat(registry.requests).hasSize(1);
        assertThat(client.register("pump-17", BootstrapClient.claim(claims.getFirst()))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aBoardWithAnotherClaimTokenTakesTheDeviceOverOnceAPersonHasAgreed() {
        List<String> claims = claims("labels", "\"replacement\":\"approval\"");
        client.register("pump-17", BootstrapClient.claim(claims.getFirst()));

        Answer waits = client.register("pump-17", BootstrapClient.claim(claims.getLast()));
        assertThat(waits.status()).as(waits.body().toString()).isEqualTo(202);
        client.post("/api/v1/registrations/" + waits.text("/registrationId") + ":approve", "{}");

        assertThat(client.register("pump-17", BootstrapClient.claim(claims.getLast()))
                        .status())
                .isEqualTo(200);
        assertThat(registry.requests.getLast().mode()).isEqualTo(RegistrationRequest.Mode.REPLACE);
    }

    @Test
    void whatAGroupHasGrantedEndsWithIt() {
        String claim = BootstrapClient.claim(claims("labels", "").getFirst());
        String keyed = BootstrapClient.key("pumps", keyOf(KEY, "pump-17"));
        client.put("/api/v1/enrollment-groups/pumps", KEYED);
        Answer first = client.register("pump-17", keyed);
        assertThat(first.status()).isEqualTo(202);
        client.post("/api/v1/registrations/" + first.text("/registrationId") + ":approve", "{}");
        assertThat(client.register("pump-17", keyed).status()).isEqualTo(200);

        client.delete("/api/v1/enrollment-groups/pumps");
        client.delete("/api/v1/enrollment-groups/labels");
        client.put("/api/v1/enrollment-groups/pumps", KEYED);
        claims("labels", "");

        assertThat(client.register("pump-17", keyed).status()).isEqualTo(202);
        assertThat(client.register("pump-18", claim).status()).isEqualTo(401);
    }

    @Test
    void whatComesInWhileAGroupGoesEndsBeforeThereIsAnotherOfItsId() {
        String keyed = BootstrapClient.key("pumps", keyOf(KEY, "pump-17"));
        client.put("/api/v1/enrollment-groups/pumps", KEYED);
        client.register("pump-17", keyed);
        client.delete("/api/v1/enrollment-groups/pumps");
        // a device was just being let in
        jdbc.sql("UPDATE registration SET admitted = true, outcome = 'PENDING' WHERE tenant = ?")
                .param(client.tenant)
                .update();

        client.put("/api/v1/enrollment-groups/pumps", KEYED);

        assertThat(client.register("pump-17", keyed).status()).isEqualTo(202);
    }

    @Test
    void aDeviceThatWasSentElsewhereIsNotOnceTheGroupIsGone() {
        String policy = """
                "assignment":{"targets":{"lab":{"url":"https://lab.example.com"}},"by":"weight","weights":{"lab":1}}""";
        Answer sent = client.register(
                "pump-17", BootstrapClient.key("pumps", keyOf(client.group("pumps", policy), "pump-17")));
        assertThat(sent.text("/status")).isEqualTo("assigned");

        client.delete("/api/v1/enrollment-groups/pumps");
        client.group("pumps", policy);

        assertThat(client.get("/api/v1/enrollment-groups/pumps/assignments")
                        .body()
                        .get("targets"))
                .isEmpty();
        assertThat(client.get("/api/v1/registrations?device=pump-17").text("/items/0/status"))
                .isEqualTo("refused");
    }

    @Test
    void aBigGroupIsGoneAtOnceAndWhatItHasGrantedEndsBitByBit() throws Exception {
        String group = client.group("pumps", "\"quota\":9000");
        client.register("pump-99999", BootstrapClient.key("pumps", keyOf(group, "pump-99999")));
        addWaiting(4_500);
        try (ExecutorService executor = Executors.newSingleThreadExecutor()) {
            Future<Answer> removal = Objects.requireNonNull(transaction.execute(_ -> {
                // as a device does that is coming in
                jdbc.sql("SELECT id FROM registration WHERE tenant = ? AND registration_id = 'pump-04500' FOR UPDATE")
                        .param(client.tenant)
                        .query()
                        .listOfRows();
                Future<Answer> removing = executor.submit(() -> client.delete("/api/v1/enrollment-groups/pumps"));
                await().until(() -> count("PENDING_APPROVAL") == 500);
                assertThat(client.get("/api/v1/enrollment-groups/pumps").status())
                        .isEqualTo(404);
                jdbc.sql("UPDATE enrollment_group_places SET taken = taken + 1 WHERE tenant = ?")
                        .param(client.tenant)
                        .update();
                return removing;
            }));

            assertThat(removal.get(10, TimeUnit.SECONDS).status()).isEqualTo(204);
        }
        assertThat(count("REFUSED")).isEqualTo(4_500);
    }

    private void addWaiting(int devices) {
        jdbc.sql("""
                        INSERT INTO registration (id, version, tenant, device_id, registration_id, enrollment_id, live, identifiers,
                                                  outcome, attempts, created_at, updated_at)
                        SELECT gen_random_uuid(), 0, ?, name, name, 'group/pumps', true, '{}', 'PENDING_APPROVAL', 1, now(), now()
                        FROM (SELECT 'pump-' || to_char(i, 'FM00000') AS name FROM generate_series(1, ?) i) names""").params(client.tenant, devices).update();
    }

    private int count(String outcome) {
        return jdbc.sql("SELECT count(*) FROM registration WHERE tenant = ? AND outcome = ?")
                .params(client.tenant, outcome)
                .query(Integer.class)
                .single();
    }

    @Test
    void aDeviceOfAnotherDoorIsReplacedOnceAPersonHasAgreed() {
        String attestation =
                BootstrapClient.key("pumps", keyOf(client.group("pumps", "\"replacement\":\"approval\""), "pump-17"));
        registry.answer = request -> request.mode() == RegistrationRequest.Mode.REPLACE
                ? RegistryStub.AGREES.apply(request)
                : new RegistrationReply(Outcome.CONFLICT, "The id belongs to a device that came another way.");

        Answer waiting = client.register("pump-17", attestation);
        assertThat(waiting.status()).isEqualTo(202);
        client.post("/api/v1/registrations/" + waiting.text("/registrationId") + ":approve", "");

        assertThat(client.register("pump-17", attestation).status()).isEqualTo(200);
    }

    @Test
    void devicesAreNamedByWhatIsKnownOfThem() {
        String group = client.group("pumps", """
                "naming":{"template":"pump-${identifiers.serial}","pattern":"pump-[0-9]+"}""");

        Answer named = client.registerWith(
                "board-7",
                BootstrapClient.key("pumps", keyOf(group, "board-7")),
                "\"identifiers\":{\"serial\":\"17\"}");
        Answer unlike = client.registerWith(
                "board-8", BootstrapClient.key("pumps", keyOf(group, "board-8")), "\"identifiers\":{\"serial\":\"x\"}");
        Answer nameless = client.registerWith(
                "board-9", BootstrapClient.key("pumps", keyOf(group, "board-9")), "\"identifiers\":{}");

        assertThat(named.text("/credentials/username")).isEqualTo("pump-17@" + client.tenant);
        // of two boards that are given one name, the registry takes the first
        assertThat(registry.requests.getFirst().enrollment()).isEqualTo("group/pumps/board-7");
        assertThat(unlike.status()).isEqualTo(403);
        assertThat(nameless.status()).isEqualTo(403);
    }

    @Test
    void aKeyThatIsRotatedIsGoodNoLongerAndTheOtherStays() {
        Answer made = client.put("/api/v1/enrollment-groups/pumps", "{\"attestation\":{\"kind\":\"symmetric-key\"}}");
        String before = made.text("/attestation/primaryKey");

        Answer rotated = client.post("/api/v1/enrollment-groups/pumps:rotate", "{\"key\":\"primary\"}");

        String after = rotated.text("/attestation/primaryKey");
        assertThat(rotated.body().at("/attestation").has("secondaryKey")).isFalse();
        assertThat(List.of(before, after, made.text("/attestation/secondaryKey")))
                .map(key -> client.register("pump-1", BootstrapClient.key("pumps", keyOf(key, "pump-1")))
                        .status())
                .containsExactly(401, 200, 200);
        assertThat(jdbc.sql("SELECT count(*) FROM enrollment_group g WHERE g::text LIKE '%' || ? || '%'")
                        .param(after)
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    /** Two claim tokens of a new group. */
    private List<String> claims(String group, String policy) {
        client.put(
                "/api/v1/enrollment-groups/" + group,
                "{\"attestation\":{\"kind\":\"claim-token\"}" + (policy.isEmpty() ? "" : "," + policy) + "}");
        return client.post("/api/v1/enrollment-groups/" + group + "/claim-tokens", "{\"count\":2}")
                .body()
                .findValuesAsString("claimToken");
    }

    private String token(String device, String key, Duration life) {
        return AccessToken.sign(
                        DeviceAddress.of(client.tenant, device), Instant.now().plus(life), AccessToken.key(key))
                .text();
    }

    private static String keyOf(String group, String device) {
        return new SymmetricKey(group).ofDevice(device).text();
    }
}
