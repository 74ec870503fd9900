package io.warren.provisioning.bootstrapmqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.provisioning.BootstrapSignInAnswer;
import io.warren.contracts.provisioning.BootstrapSignInQuestion;
import io.warren.contracts.provisioning.ProvisioningRequests;
import io.warren.contracts.registry.RegistrationReply;
import io.warren.contracts.registry.RegistrationReply.Outcome;
import io.warren.contracts.registry.RegistrationRequest;
import io.warren.platform.messaging.Questions;
import io.warren.platform.seal.Seal;
import io.warren.provisioning.ProvisioningTest;
import io.warren.testing.backing.Backed;
import io.warren.testing.backing.TestTokens;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.MessageBuilder;
import org.springframework.amqp.core.MessageDeliveryMode;
import org.springframework.amqp.rabbit.annotation.Exchange;
import org.springframework.amqp.rabbit.annotation.Queue;
import org.springframework.amqp.rabbit.annotation.QueueBinding;
import org.springframework.amqp.rabbit.annotation.RabbitListener;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.amqp.support.converter.MessageConverter;
import org.springframework.amqp.support.converter.SimpleMessageConverter;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What arrives of devices on a real broker, with the broker's stamp on it; the registry's part is the test's. */
@ProvisioningTest
@Backed(broker = Backed.Broker.OWN_VHOST)
@Import({BootstrapMqttIT.Peers.class, BootstrapMqttIT.Untouched.class})
class BootstrapMqttIT {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Seal SEAL = new Seal("dGhpcnR5LXR3byBvdGhlciBieXRlcywgZm9yIHRlc3Q=");

    @Autowired
    private RestTestClient http;

    @Autowired
    private TestTokens tokens;

    @Autowired
    private Peers peers;

    @Autowired
    private RabbitTemplate rabbit;

    @Autowired
    private ConnectionFactory connections;

    @Autowired
    private MessageConverter converter;

    @Autowired
    private JdbcClient jdbc;

    private String tenant = "";

    @BeforeEach
    void ownTenant() {
        tenant = "t" + UUID.randomUUID().toString().substring(0, 8);
        peers.answers.clear();
        peers.requests.clear();
        peers.answer = () -> new RegistrationReply(Outcome.REGISTERED, null);
    }

    @Test
    void aDeviceThatHasSignedInIsToldEverythingItNeedsWhereItAsked() {
        String token = enroll();
        assertThat(signIn("pump", token)).isTrue();

        ask("pump", "r1", request(token));

        Message answer = theAnswer();
        assertThat(answer.getMessageProperties().getReceivedRoutingKey())
                .isEqualTo("v1." + tenant + ".pump.down.bootstrap.r1");
        assertThat(answer.getMessageProperties().getReceivedDeliveryMode()).isEqualTo(MessageDeliveryMode.PERSISTENT);
        assertThat(answer.getMessageProperties().getExpiration()).isEqualTo("60000");
        assertThat(json(answer).at("/status").asString()).isEqualTo("registered");
        assertThat(json(answer).at("/credentials/username").asString()).isEqualTo("pump@" + tenant);
        assertThat(json(answer).at("/credentials/secret").asString()).hasSize(43);
    }

    @Test
    void aMessageThatComesAgainGetsTheSameAnswerAndMakesNoSecondDevice() {
        String token = enroll();
        signIn("pump", token);
        ask("pump", "r1", request(token));
        String first = json(theAnswer()).at("/credentials/secret").asString();
        peers.answers.clear();

        ask("pump", "r2", request(token));

        assertThat(json(theAnswer()).at("/credentials/secret").asString()).isEqualTo(first);
    }

    @Test
    void theResponseTopicAndTheCorrelationDataAreHonouredBelowTheDevicesOwn() {
        String token = enroll();
        signIn("pump", token);
        String key = "v1." + tenant + ".pump.down.bootstrap.my.place";
        publish("pump", "r1", request(token), "pump@" + tenant + "/bootstrap", key);
        Message answer = theAnswer();
        assertThat(answer.getMessageProperties().getReceivedRoutingKey()).isEqualTo(key);
        assertThat(answer.getMessageProperties().getCorrelationId()).isEqualTo("c1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "v1.{t}.valve.down.bootstrap.r1",
                "v1.{t}.pump.down.state.desired",
                "v1.other.pump.down.bootstrap.r1",
                "v1.{t}.pump.down.bootstrap.",
                "v1.{t}.pump.down.bootstrap.*",
                "registry.events"
            })
    void aResponseTopicElsewhereIsAProblemToldWhereTheDeviceListens(String key) {
        String token = enroll();
        signIn("pump", token);
        publish("pump", "r1", request(token), "pump@" + tenant + "/bootstrap", key.replace("{t}", tenant));
        Message answer = theAnswer();
        assertThat(answer.getMessageProperties().getReceivedRoutingKey())
                .isEqualTo("v1." + tenant + ".pump.down.bootstrap.r1");
        assertThat(json(answer).at("/status").asInt()).isEqualTo(422);
        assertThat(peers.requests).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"pump@{t}", "valve@{t}/bootstrap", "pump@other/bootstrap", "pump@{t}/bootstrap/", "admin"})
    void whoeverTheBrokerSaysIsAnotherIsNotHeard(String stamp) {
        String token = enroll();
        signIn("pump", token);
        publish("pump", "r1", request(token), stamp.replace("{t}", tenant), null);
        publish("pump", "r2", request(token), null, null);
        ask("pump", "last", request(token));
        assertThat(theAnswer().getMessageProperties().getReceivedRoutingKey()).endsWith(".last");
        assertThat(peers.answers).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{\"tenant\":\"other\"}",
                "{\"deviceId\":\"valve\"}",
                "{\"deviceId\":17}",
                "{\"attestation\":{\"kind\":\"magic\"}}",
                "{\"attestation\":{\"kind\":\"claim-token\"}}",
                "{\"unknown\":1}",
                "{}"
            })
    void whatCannotBeUnderstoodIsAProblem(String body) {
        signIn("pump", enroll());
        ask("pump", "r1", body);
        Message answer = theAnswer();
        assertThat(answer.getMessageProperties().getContentType()).isEqualTo("application/problem+json");
        assertThat(json(answer).at("/status").asInt()).isIn(400, 422);
        assertThat(json(answer).at("/traceId").asString()).matches("[0-9a-f]{32}");
    }

    @Test
    void aRefusedProofIsTheSameProblemAsOverHttps() {
        String token = enroll();
        signIn("pump", token);
        ask("pump", "r1", request("wrong" + token.substring(5)));
        JsonNode problem = json(theAnswer());
        assertThat(problem.at("/type").asString()).isEqualTo("urn:warren:problem:claim-token-refused");
        assertThat(problem.at("/status").asInt()).isEqualTo(401);
    }

    @Test
    void aRegistryThatIsAwayIsAProblemWithATimeToComeAgain() {
        String token = enroll();
        signIn("pump", token);
        peers.answer = () -> {
            throw new IllegalStateException("away");
        };
        ask("pump", "r1", request(token));
        JsonNode problem = json(theAnswer());
        assertThat(problem.at("/status").asInt()).isEqualTo(503);
        assertThat(problem.at("/retryAfterSeconds").asInt()).isPositive();
    }

    @Test
    void aProofSignsInForWhatItProvesAndNothingElse() {
        String token = enroll();
        assertThat(signIn("pump", "wrong")).isFalse();
        assertThat(signIn("pump", "group/" + "wrong")).isFalse();
        assertThat(signIn("pump", token)).isTrue();
        // open until a device has claimed it
        assertThat(signIn("valve", token)).isTrue();
        assertThat(signIn("pump", token)).isTrue();
        ask("pump", "r1", request(token));
        theAnswer();
        assertThat(signIn("pump", token)).isTrue();
        assertThat(signIn("valve", token)).isFalse();
    }

    @Test
    void aGuessIsKeptAccountOfAndHeldAgainstNoDevice() {
        enroll();
        for (int i = 0; i < 12; i++) {
            assertThat(signIn("pump", "wrong" + i)).isFalse();
        }
        assertThat(jdbc.sql("SELECT outcome FROM registration WHERE tenant = ? AND registration_id = 'pump'")
                        .param(tenant)
                        .query(String.class)
                        .list())
                .containsOnly("REFUSED");
        assertThat(failures("DOOR", tenant)).isEqualTo(1);
        assertThat(failures("DEVICE", "pump@" + tenant + " mqtt")).isZero();
    }

    @Test
    void whoIsLockedOutDoesNotSignInWhateverItShows() {
        String token = enroll();
        jdbc.sql("""
                        INSERT INTO bootstrap_failure (kind, name, level, at, locks, locked_until)
                        VALUES ('DEVICE', ?, 0, now(), 1, now() + interval '1 min')""").param("pump@" + tenant + " mqtt").update();
        await().untilAsserted(() -> assertThat(signIn("pump", token)).isFalse());
        assertThat(signIn("valve", token)).isTrue();
    }

    @Test
    void whatASessionTriesAtOtherDoorsIsNotHeldAgainstTheDevice() {
        String token = enroll();
        signIn("pump", token);
        ask("pump", "r1", request("wrong" + token.substring(5)));
        theAnswer();
        assertThat(failures("DEVICE", "pump@" + tenant + " mqtt")).isZero();
        assertThat(failures("DOOR", tenant)).isEqualTo(1);
    }

    @Test
    void aTokenThatIsOverOrForAnotherDeviceSignsNobodyIn() {
        String token = enroll("\"deviceId\":\"valve\"");
        assertThat(signIn("pump", token)).isFalse();
        assertThat(signIn("valve", token)).isTrue();
        jdbc.sql("UPDATE enrollment SET expires_at = now() WHERE tenant = ?")
                .param(tenant)
                .update();
        assertThat(signIn("valve", token)).isFalse();
        String other = enroll();
        jdbc.sql("UPDATE enrollment SET revoked_at = now() WHERE tenant = ?")
                .param(tenant)
                .update();
        assertThat(signIn("pump", other)).isFalse();
    }

    @Test
    void theProofOfAnotherDoorDoesNotSignInAsADeviceThatHasCome() {
        String token = enroll();
        signIn("pump", token);
        ask("pump", "r1", request(token));
        theAnswer();
        assertThat(signIn("pump", enroll())).isFalse();
        assertThat(signIn("pump", token)).isTrue();
    }

    @Test
    void anotherClaimTokenDoesNotSignInAsADeviceThatWaits() {
        List<String> claims = claims();
        signIn("pump", claims.getFirst());
        ask("pump", "r1", request(claims.getFirst()));
        assertThat(json(theAnswer()).at("/status").asString()).isEqualTo("pending-approval");

        assertThat(signIn("pump", claims.getLast())).isFalse();
        assertThat(signIn("pump", claims.getFirst())).isTrue();
    }

    @Test
    void whoTookTheSessionOverHearsNothingOfWhatTheOtherOneAsked() {
        String token = enroll();
        String others = enroll();
        signIn("pump", token);
        assertThat(signIn("pump", others)).isTrue();

        ask("pump", "r1", request(token));

        JsonNode problem = json(theAnswer());
        assertThat(problem.at("/type").asString()).isEqualTo("urn:warren:problem:bootstrap-session-ended");
        assertThat(peers.requests).isEmpty();
    }

    @Test
    void norIfItWasTakenOverWhileTheAnswerWasMade() {
        String token = enroll();
        signIn("pump", token);
        peers.answer = () -> {
            // as if the other one had been let in right before this registration began
            peers.takeOver(tenant, "pump");
            return new RegistrationReply(Outcome.REGISTERED, null);
        };
        ask("pump", "r1", request(token));
        await().until(() -> !peers.requests.isEmpty());
        await().during(Duration.ofSeconds(1)).atMost(Duration.ofSeconds(3)).until(peers.answers::isEmpty);
    }

    /** Two claim tokens of a group whose devices wait for a person. */
    private List<String> claims() {
        http.put()
                .uri("/api/v1/enrollment-groups/labels")
                .header("Authorization", tokens.bearer(tenant, "integrator"))
                .contentType(MediaType.APPLICATION_JSON)
                .body("{\"attestation\":{\"kind\":\"claim-token\"},\"approval\":\"manual\"}")
                .exchange()
                .expectStatus()
                .isCreated();
        return JSON.readTree(http.post()
                        .uri("/api/v1/enrollment-groups/labels/claim-tokens")
                        .header("Authorization", tokens.bearer(tenant, "integrator"))
                        .contentType(MediaType.APPLICATION_JSON)
                        .body("{\"count\":2}")
                        .exchange()
                        .expectStatus()
                        .isCreated()
                        .expectBody(String.class)
                        .returnResult()
                        .getResponseBody())
                .findValuesAsString("claimToken");
    }

    private String enroll() {
        return enroll("\"tags\":{}");
    }

    private String enroll(String more) {
        return JSON.readTree(http.post()
                        .uri("/api/v1/enrollments")
                        .header("Authorization", tokens.bearer(tenant, "integrator"))
                        .contentType(MediaType.APPLICATION_JSON)
                        .body("{\"attestation\":{\"kind\":\"claim-token\"}," + more + "}")
                        .exchange()
                        .expectStatus()
                        .isCreated()
                        .expectBody(String.class)
                        .returnResult()
                        .getResponseBody())
                .get("claimToken")
                .stringValue();
    }

    private int failures(String kind, String name) {
        return jdbc.sql("SELECT count(*) FROM bootstrap_failure WHERE kind = ? AND name = ?")
                .params(kind, name)
                .query(Integer.class)
                .single();
    }

    private boolean signIn(String device, String proof) {
        DeviceAddress address = DeviceAddress.of(tenant, device);
        String sealed = Base64.getEncoder()
                .encodeToString(SEAL.close(
                        proof.getBytes(StandardCharsets.UTF_8), BootstrapSignInQuestion.proofPlace(address)));
        try (Questions questions = new Questions(connections, converter, Duration.ofSeconds(10))) {
            Optional<BootstrapSignInAnswer> answer = questions.ask(
                    ProvisioningRequests.EXCHANGE,
                    ProvisioningRequests.SIGN_INS,
                    BootstrapSignInQuestion.TYPE,
                    new BootstrapSignInQuestion(tenant, device, sealed, null),
                    BootstrapSignInAnswer.class);
            return answer.orElseThrow().accepted();
        }
    }

    private static String request(String token) {
        return """
                {"attestation":{"kind":"claim-token","token":"%s"},"identifiers":{"serial":"S-1"}}""".formatted(token);
    }

    private void ask(String device, String rid, String body) {
        publish(device, rid, body, device + "@" + tenant + "/bootstrap", null);
    }

    private void publish(String device, String rid, String body, @Nullable String stamp, @Nullable String responseKey) {
        MessageBuilder message = MessageBuilder.withBody(body.getBytes(StandardCharsets.UTF_8));
        if (stamp != null) {
            message.setHeader("x-opt-mqtt-client-id", stamp);
        }
        if (responseKey != null) {
            message.setHeader("x-reply-to-topic", responseKey).setCorrelationId("c1");
        }
        rabbit.send("amq.topic", "v1." + tenant + "." + device + ".up.bootstrap." + rid, message.build());
    }

    private Message theAnswer() {
        await().until(() -> !peers.answers.isEmpty());
        return peers.answers.getFirst();
    }

    private static JsonNode json(Message message) {
        return JSON.readTree(message.getBody());
    }

    static class Peers {

        final List<Message> answers = new CopyOnWriteArrayList<>();
        final List<RegistrationRequest> requests = new CopyOnWriteArrayList<>();
        volatile Supplier<RegistrationReply> answer = () -> new RegistrationReply(Outcome.REGISTERED, null);

        @Autowired
        private JdbcClient jdbc;

        void takeOver(String tenant, String device) {
            jdbc.sql("UPDATE bootstrap_session SET door = 'another' WHERE tenant = ? AND device = ?")
                    .params(tenant, device)
                    .update();
        }

        @RabbitListener(queues = RegistrationRequest.EXCHANGE)
        RegistrationReply answer(RegistrationRequest request) {
            requests.add(request);
            return answer.get();
        }

        @RabbitListener(
                bindings =
                        @QueueBinding(
                                value = @Queue,
                                exchange = @Exchange(name = "amq.topic", type = "topic"),
                                key = "#.down.#"),
                messageConverter = "heard")
        void hear(Message message) {
            answers.add(message);
        }
    }

    /** Leaves bodies as they are. */
    @TestConfiguration(proxyBeanMethods = false)
    static class Untouched {

        @Bean(name = "heard", autowireCandidate = false)
        MessageConverter heard() {
            return new SimpleMessageConverter();
        }
    }
}
