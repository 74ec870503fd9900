package io.warren.provisioning.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.warren.contracts.device.AccessToken;
import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.provisioning.EnrollmentEvent;
import io.warren.contracts.registry.RegistrationReply;
import io.warren.contracts.registry.RegistrationReply.Outcome;
import io.warren.contracts.registry.RegistrationRequest;
import io.warren.platform.seal.Seal;
import io.warren.provisioning.ProvisioningTest;
import io.warren.testing.backing.Backed;
import io.warren.testing.backing.TestTokens;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.amqp.rabbit.annotation.Exchange;
import org.springframework.amqp.rabbit.annotation.Queue;
import org.springframework.amqp.rabbit.annotation.QueueBinding;
import org.springframework.amqp.rabbit.annotation.RabbitListener;
import org.springframework.amqp.rabbit.listener.RabbitListenerEndpointRegistry;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Devices bootstrap on a real broker, at the other end of which a registry answers as the test wants. */
@ProvisioningTest
@Backed(broker = Backed.Broker.OWN_VHOST)
@Import(BootstrapIT.Peers.class)
class BootstrapIT {

    @Autowired
    private RestTestClient http;

    @Autowired
    private TestTokens tokens;

    @Autowired
    private Peers peers;

    @Autowired
    private RabbitListenerEndpointRegistry listeners;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private MeterRegistry meters;

    private String tenant = "";

    @BeforeEach
    void ownTenant() {
        tenant = "t" + UUID.randomUUID().toString().substring(0, 8);
        peers.requests.clear();
        peers.answer = () -> new RegistrationReply(Outcome.REGISTERED, null);
    }

    @Test
    void aDeviceIsToldEverythingItNeeds() {
        JsonNode answer = json(register("pump-17", enroll("{}")).expectStatus().isOk());

        assertThat(answer.get("deviceId").stringValue()).isEqualTo("pump-17");
        assertThat(answer.get("tenant").stringValue()).isEqualTo(tenant);
        assertThat(answer.at("/credentials/kind").stringValue()).isEqualTo("secret");
        assertThat(answer.at("/credentials/username").stringValue()).isEqualTo("pump-17@" + tenant);
        assertThat(answer.at("/credentials/clientId").stringValue()).isEqualTo("pump-17@" + tenant);
        assertThat(answer.at("/credentials/secret").stringValue()).hasSize(43);
        assertThat(answer.at("/broker/host").stringValue()).isEqualTo("mqtt.example.com");
        assertThat(answer.at("/broker/mqttsPort").intValue()).isEqualTo(8883);
        assertThat(answer.at("/topics/up").stringValue()).isEqualTo("v1/" + tenant + "/pump-17/up/");
        assertThat(answer.at("/topics/down").stringValue()).isEqualTo("v1/" + tenant + "/pump-17/down/");
        assertThat(answer.get("ca").stringValue()).startsWith("-----BEGIN CERTIFICATE-----");
        assertThat(answer.get("keepAliveSeconds").intValue()).isEqualTo(60);
        assertThat(answer.has("time")).isTrue();
    }

    @Test
    void theRegistryLearnsTheHashOfTheSecretAndNotTheSecret() {
        JsonNode answer = json(register("pump-17", enroll("""
                {"deviceType":"pump","tags":{"site":"lyon"}}""")).expectStatus().isOk());
        String secret = answer.at("/credentials/secret").stringValue();

        assertThat(peers.requests).singleElement().satisfies(request -> {
            assertThat(request.tenant()).isEqualTo(tenant);
            assertThat(request.device()).isEqualTo("pump-17");
            assertThat(request.type()).isEqualTo("pump");
            assertThat(request.tags()).containsEntry("site", "lyon");
            assertThat(request.identifiers()).containsEntry("serial", "S-1");
            assertThat(request.secretSha256()).matches("[0-9a-f]{64}").doesNotContain(secret);
            assertThat(request.sealedTokenKey())
                    .doesNotContain(Base64.getEncoder().encodeToString(AccessToken.key(secret)));
            assertThat(new Seal("dGhpcnR5LXR3byBvdGhlciBieXRlcywgZm9yIHRlc3Q=")
                            .open(
                                    Base64.getDecoder().decode(request.sealedTokenKey()),
                                    RegistrationRequest.tokenKeyPlace(
                                            DeviceAddress.of(tenant, "pump-17"),
                                            Objects.requireNonNull(request.secretSha256()))))
                    .hasValue(AccessToken.key(secret));
        });
        assertThat(jdbc.sql("SELECT count(*) FROM registration r WHERE r::text LIKE '%' || ? || '%'")
                        .param(secret)
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void repeatingAfterALostAnswerGivesTheSameResult() {
        String token = enroll("{}");
        JsonNode first = json(register("pump-17", token).expectStatus().isOk());
        peers.answer = () -> new RegistrationReply(Outcome.ALREADY_REGISTERED, null);

        JsonNode again = json(register("pump-17", token).expectStatus().isOk());

        assertThat(again.get("credentials")).isEqualTo(first.get("credentials"));
        assertThat(again.get("registrationId")).isEqualTo(first.get("registrationId"));
        JsonNode registration = registration(first.get("registrationId").stringValue());
        assertThat(registration.get("attempts").intValue()).isEqualTo(2);
        assertThat(registration.get("status").stringValue()).isEqualTo("registered");
    }

    @Test
    void aTokenLetsOneDeviceInOnly() {
        String token = enroll("{}");
        register("pump-17", token).expectStatus().isOk();

        assertThat(body(register("pump-18", token).expectStatus().isEqualTo(409)))
                .contains("urn:warren:problem:claim-token-used")
                .doesNotContain("pump-17");
        assertThat(peers.requests).hasSize(1);
    }

    @Test
    void ofManyDevicesWithOneTokenAtTheSameMomentExactlyOneWins() throws Exception {
        String token = enroll("{}");
        try (ExecutorService executor = Executors.newFixedThreadPool(8)) {
            List<Callable<Integer>> attempts = IntStream.range(0, 8)
                    .<Callable<Integer>>mapToObj(i -> () -> register("pump-" + i, token)
                            .returnResult(String.class)
                            .getStatus()
                            .value())
                    .toList();
            List<Integer> statuses = executor.invokeAll(attempts).stream()
                    .map(Future::resultNow)
                    .sorted()
                    .toList();

            assertThat(statuses).containsExactly(200, 409, 409, 409, 409, 409, 409, 409);
        }
        assertThat(peers.requests).hasSize(1);
    }

    @Test
    void unknownExpiredRevokedAndForeignTokensAreRefusedInTheSameWords() {
        String expired = enroll("{}");
        jdbc.sql("UPDATE enrollment SET expires_at = now() WHERE tenant = ?")
                .param(tenant)
                .update();
        String revoked = enroll("{}");
        jdbc.sql("UPDATE enrollment SET revoked_at = now() WHERE tenant = ? AND expires_at IS NULL")
                .param(tenant)
                .update();
        String own = tenant;
        tenant = "stranger";
        String foreign = enroll("{}");
        tenant = own;

        List<String> answers = List.of("x".repeat(43), expired, revoked, foreign).stream()
                .map(token -> body(register("pump-17", token).expectStatus().isUnauthorized()))
                .map(answer -> answer.replaceAll("\"traceId\":\"[0-9a-f]+\"", ""))
                .distinct()
                .toList();

        assertThat(answers)
                .singleElement()
                .satisfies(answer -> assertThat(answer).contains("urn:warren:problem:claim-token-refused"));
        assertThat(peers.requests).isEmpty();
        assertThat(body(list().expectStatus().isOk())).contains("has expired", "was revoked", "not one of this tenant");
    }

    @Test
    void anEnrolmentForOneDeviceLetsNoOtherInAndIsNotUsedUp() {
        String token = enroll("{\"deviceId\":\"pump-17\"}");

        register("pump-18", token).expectStatus().isForbidden();
        register("pump-17", token).expectStatus().isOk();
    }

    @Test
    void whoIsTurnedAwayUsesUpNoToken() {
        String token = enroll("{\"naming\":{\"pattern\":\"pump-[0-9]+\"}}");

        register("valve", token).expectStatus().isForbidden();
        register("pump-17", token).expectStatus().isOk();
    }

    @ParameterizedTest
    @CsvSource({"{},403", "'{\"reprovisioning\":\"keep\"}',200"})
    void whoFindsALabelLaterDoesNotHaveTheDeviceUnlessTheTenantWantsThat(String fields, int status) {
        String token = enroll(fields);
        register("pump-17", token).expectStatus().isOk();
        register("pump-17", token).expectStatus().isOk();
        jdbc.sql("UPDATE registration SET registered_at = registered_at - interval '2 hours' WHERE tenant = ?")
                .param(tenant)
                .update();

        register("pump-17", token).expectStatus().isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"CONFLICT,409,device-exists", "REFUSED,403,registration-refused"})
    void whatTheRegistryRefusesIsToldAndRecorded(Outcome outcome, int status, String type) {
        peers.answer = () -> new RegistrationReply(outcome, "the quota is used up");

        assertThat(body(register("pump-17", enroll("{}")).expectStatus().isEqualTo(status)))
                .contains("urn:warren:problem:" + type);

        assertThat(body(list().expectStatus().isOk())).contains("\"refused\"", "the quota is used up");
    }

    @Test
    void everyRefusalIsHeldBackAndCounted() {
        double before = meters.counter("warren.bootstrap.refusals").count();
        String token = enroll("{}");
        peers.answer = () -> new RegistrationReply(Outcome.REFUSED, "the quota is used up");

        register("pump-17", token).expectStatus().isForbidden();
        register("pump-18", token).expectStatus().isEqualTo(409);
        register("pump-18", enroll("{\"deviceId\":\"pump-17\"}")).expectStatus().isForbidden();
        register("pump-17", "x".repeat(43)).expectStatus().isUnauthorized();

        assertThat(meters.counter("warren.bootstrap.refusals").count()).isEqualTo(before + 4);
    }

    @Test
    void whenTheRegistryIsAwayTheDeviceIsToldToComeBackAndThenGetsIn() {
        String token = enroll("{}");
        listeners.stop();
        try {
            register("pump-17", token)
                    .expectStatus()
                    .isEqualTo(503)
                    .expectHeader()
                    .value(
                            "Retry-After",
                            after -> assertThat(Integer.parseInt(after)).isBetween(2, 8));
            assertThat(body(list().expectStatus().isOk())).contains("\"pending\"");
        } finally {
            listeners.start();
        }

        register("pump-17", token).expectStatus().isOk();
        assertThat(body(list().expectStatus().isOk())).contains("\"registered\"");
    }

    @Test
    void enrolmentsTellWhatHappensToThem() {
        register("pump-17", enroll("{}")).expectStatus().isOk();

        await().untilAsserted(() -> assertThat(
                        peers.events.stream().filter(event -> event.tenant().equals(tenant)))
                .extracting(EnrollmentEvent::device, EnrollmentEvent::version)
                .containsExactly(tuple(null, 0L), tuple("pump-17", 1L)));
    }

    @Test
    void aRegistrationOfAnotherTenantDoesNotExist() {
        JsonNode answer = json(register("pump-17", enroll("{}")).expectStatus().isOk());

        http.get()
                .uri("/api/v1/registrations/" + answer.get("registrationId").stringValue())
                .header("Authorization", tokens.bearer("stranger", "admin"))
                .exchange()
                .expectStatus()
                .isNotFound();
    }

    @Test
    void onlyWhoComesByTheDevicesWayMayRegister() {
        http.post()
                .uri("/bootstrap/v1/register")
                .header("Authorization", tokens.bearer(tenant, "platform-admin"))
                .contentType(MediaType.APPLICATION_JSON)
                .body("{}")
                .exchange()
                .expectStatus()
                .isForbidden();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"tenant\":\"ACME\",\"deviceId\":\"p\",\"attestation\":{\"kind\":\"claim-token\",\"token\":\"x\"}}",
                "{\"tenant\":\"acme\",\"deviceId\":\"p\",\"hardwareVersion\":\"a\\u0000b\","
                        + "\"attestation\":{\"kind\":\"claim-token\",\"token\":\"x\"}}",
                "{\"tenant\":\"acme\",\"deviceId\":\"p\",\"identifiers\":{\"1x\":\"y\"},"
                        + "\"attestation\":{\"kind\":\"claim-token\",\"token\":\"x\"}}",
                "{\"tenant\":\"acme\",\"deviceId\":\"a/b\",\"attestation\":{\"kind\":\"claim-token\",\"token\":\"x\"}}",
                "{\"tenant\":\"acme\",\"deviceId\":\"p\",\"attestation\":{\"kind\":\"claim-token\"}}",
                "{\"tenant\":\"acme\",\"deviceId\":\"p\",\"attestation\":{\"kind\":\"tpm\",\"token\":\"x\"}}"
            })
    void aMalformedRequestIsRefusedWithItsPlace(String body) {
        String problem = body(http.post()
                .uri("/bootstrap/v1/register")
                .header("Authorization", tokens.bearer(null, "device"))
                .contentType(MediaType.APPLICATION_JSON)
                .body(body)
                .exchange()
                .expectStatus()
                .isEqualTo(422));

        assertThat(problem).contains("\"pointer\"");
    }

    private String enroll(String fields) {
        String body = fields.replaceFirst(
                "\\{", "{\"attestation\":{\"kind\":\"claim-token\"}" + (fields.equals("{}") ? "" : ","));
        return json(http.post()
                        .uri("/api/v1/enrollments")
                        .header("Authorization", tokens.bearer(tenant, "integrator"))
                        .contentType(MediaType.APPLICATION_JSON)
                        .body(body)
                        .exchange()
                        .expectStatus()
                        .isCreated())
                .get("claimToken")
                .stringValue();
    }

    private RestTestClient.ResponseSpec register(String device, String token) {
        return http.post()
                .uri("/bootstrap/v1/register")
                .header("Authorization", tokens.bearer(null, "device"))
                .contentType(MediaType.APPLICATION_JSON)
                .body("""
                        {"tenant":"%s","deviceId":"%s","attestation":{"kind":"claim-token","token":"%s"},
                         "identifiers":{"serial":"S-1"},"hardwareVersion":"B","firmwareVersion":"1.0.0"}""".formatted(tenant, device, token))
                .exchange();
    }

    private JsonNode registration(String id) {
        return json(http.get()
                .uri("/api/v1/registrations/" + id)
                .header("Authorization", tokens.bearer(tenant, "viewer"))
                .exchange()
                .expectStatus()
                .isOk());
    }

    private RestTestClient.ResponseSpec list() {
        return http.get()
                .uri("/api/v1/registrations")
                .header("Authorization", tokens.bearer(tenant, "viewer"))
                .exchange();
    }

    private static JsonNode json(RestTestClient.ResponseSpec response) {
        return JsonMapper.shared().readTree(body(response));
    }

    private static String body(RestTestClient.ResponseSpec response) {
        String body = response.expectBody(String.class).returnResult().getResponseBody();
        return body == null ? "" : body;
    }

    /** The other ends of the contracts: the registry, and whoever follows enrolments. */
    static class Peers {

        final List<EnrollmentEvent> events = new CopyOnWriteArrayList<>();
        final List<RegistrationRequest> requests = new CopyOnWriteArrayList<>();
        volatile Supplier<RegistrationReply> answer = () -> new RegistrationReply(Outcome.REGISTERED, null);

        @RabbitListener(queues = RegistrationRequest.EXCHANGE)
        RegistrationReply answer(RegistrationRequest request) {
            requests.add(request);
            return answer.get();
        }

        @RabbitListener(
                bindings =
                        @QueueBinding(
                                value = @Queue,
                                exchange = @Exchange(name = EnrollmentEvent.EXCHANGE, type = "topic"),
                                key = "enrollment.#"))
        void follow(EnrollmentEvent event) {
            events.add(event);
        }
    }
}
