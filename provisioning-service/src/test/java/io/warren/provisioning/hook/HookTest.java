package io.warren.provisioning.hook;

import static io.warren.testing.webhook.WebhookReceiver.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.warren.contracts.device.TenantId;
import io.warren.provisioning.ProvisioningTest;
import io.warren.provisioning.admission.Grant;
import io.warren.provisioning.attestation.Door;
import io.warren.provisioning.policy.Webhook;
import io.warren.provisioning.registration.Decision;
import io.warren.provisioning.registration.RegistrationStatus;
import io.warren.testing.backing.Backed;
import io.warren.testing.backing.TestTokens;
import io.warren.testing.webhook.WebhookReceiver;
import io.warren.testing.webhook.WebhookReceiver.Received;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Hooks at the far end of real HTTPS, and registrations in a real database. */
@ProvisioningTest
@Backed
@Import(Hooked.class)
class HookTest {

    private static final WebhookReceiver RECEIVER = new WebhookReceiver();
    private static final CountDownLatch END = new CountDownLatch(1);
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String ALLOW = "{\"decision\":\"allow\"}";

    @Autowired
    private Hooked hooked;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private RestTestClient http;

    @Autowired
    private TestTokens tokens;

    private TenantId tenant = new TenantId("acme");

    @DynamicPropertySource
    static void reachTheHooks(DynamicPropertyRegistry properties) {
        properties.add("warren.hook.allowed-networks", () -> "127.0.0.0/8,::1/128");
        properties.add("warren.hook.ca-file", WebhookReceiver::certificate);
    }

    @BeforeEach
    void ownTenant() {
        tenant = new TenantId("t" + UUID.randomUUID().toString().substring(0, 8));
    }

    @AfterAll
    static void stop() {
        END.countDown();
        RECEIVER.close();
    }

    @Test
    void aDeviceWhoseHookIsQuickIsLetInAtOnceAndCompleted() {
        String path = path();
        Door door = hooked.door(tenant, RECEIVER.at(path, exchange -> answer(exchange, 200, """
                {"decision":"allow","deviceType":"pump2","tags":{"line":"7"},"state":{"interval":60},"other":1}""")), null);

        Decision decision = hooked.askAndWait(tenant, door, "pump-17");

        assertThat(decision).isInstanceOfSatisfying(Decision.Admitted.class, admitted -> {
            Grant grant = admitted.grant();
            assertThat(grant.deviceType()).isEqualTo("pump2");
            assertThat(grant.tags()).isEqualTo(Map.of("site", "lyon", "line", "7"));
            assertThat(grant.state()).isEqualTo(json("{\"interval\":60}"));
        });
        Received received = RECEIVER.received(path).getFirst();
        assertThat(received.json().at("/facts/identifiers/serial").asString()).isEqualTo("T-1");
        assertThat(received.json().at("/device").asString()).isEqualTo("pump-17");
        assertThat(received.json().at("/tenant").asString()).isEqualTo(tenant.value());
        assertThat(received.idempotencyKey())
                .isEqualTo(received.json().at("/registration").asString() + "-0");
        assertThat(received.signature()).matches("t=[0-9]+,v1=[0-9a-f]{64}");
    }

    @Test
    void aDeviceThatLostItsAnswerIsLetInAsBeforeAndNobodyIsAskedAgain() {
        String path = path();
        Door door = hooked.door(
                tenant,
                RECEIVER.at(path, exchange -> answer(exchange, 200, "{\"decision\":\"allow\",\"deviceType\":\"a\"}")),
                null);
        Decision first = hooked.askAndWait(tenant, door, "pump-17");
        assertThat(hooked.askAndWait(tenant, door, "pump-17")).isEqualTo(first);
        assertThat(RECEIVER.received(path)).hasSize(1);
    }

    @Test
    void whatIsAllowedForOneBoardIsNotForAnother() {
        String path = path();
        Door door = hooked.door(tenant, RECEIVER.at(path, exchange -> answer(exchange, 200, ALLOW)), null);
        assertThat(hooked.await(tenant, hooked.ask(tenant, door, "pump-17", "T-1")))
                .isTrue();

        Decision other = hooked.ask(tenant, door, "pump-17", "T-2");

        assertThat(other).isInstanceOf(Decision.Waiting.class);
        assertThat(hooked.await(tenant, other)).isTrue();
        assertThat(RECEIVER.received(path)).hasSize(2);
    }

    @Test
    void whatIsAllowedIsAllowedForWhatWasAskedAbout() {
        String path = path();
        Door door = hooked.door(tenant, RECEIVER.at(path, exchange -> answer(exchange, 200, ALLOW)), null);
        assertThat(hooked.await(tenant, hooked.ask(tenant, door, "pump-17", "T-1", "1.0.0")))
                .isTrue();

        Decision changed = hooked.ask(tenant, door, "pump-17", "T-1", "6.6.6");

        assertThat(hooked.await(tenant, changed)).isTrue();
        assertThat(RECEIVER.received(path))
                .extracting(
                        received -> received.json().at("/facts/firmwareVersion").asString())
                .containsExactly("1.0.0", "6.6.6");
        assertThat(RECEIVER.received(path)).extracting(Received::idempotencyKey).doesNotHaveDuplicates();
        assertThat(hooked.ask(tenant, door, "pump-17", "T-1", "6.6.6")).isInstanceOf(Decision.Admitted.class);
    }

    @Test
    void whereAHookWasAskedBeforeNobodyDecidesAnyMore() {
        CountDownLatch late = new CountDownLatch(1);
        CountDownLatch denied = new CountDownLatch(1);
        CountDownLatch decided = new CountDownLatch(1);
        Door before = hooked.door(
                tenant,
                RECEIVER.at(path(), exchange -> {
                    hold(late);
                    answer(exchange, 200, "{\"decision\":\"deny\"}");
                    denied.countDown();
                }),
                null);
        assertThat(hooked.askAndWait(tenant, before, "pump-17")).isInstanceOf(Decision.Waiting.class);
        Door moved = moved(before, RECEIVER.at(path(), exchange -> {
            hold(decided);
            answer(exchange, 200, ALLOW);
        }));
        assertThat(hooked.ask(tenant, moved, "pump-17")).isInstanceOf(Decision.Waiting.class);

        late.countDown();
        hold(denied);
        await().during(Duration.ofMillis(500))
                .untilAsserted(() -> assertThat(registrations()).contains("\"pending-hook\""));
        decided.countDown();
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(hooked.ask(tenant, moved, "pump-17")).isInstanceOf(Decision.Admitted.class));
    }

    @Test
    void aDeviceThatIsDeniedIsTurnedAwayAndTheReasonIsKept() {
        Door door = hooked.door(
                tenant,
                RECEIVER.at(
                        path(),
                        exchange -> answer(exchange, 200, "{\"decision\":\"deny\",\"reason\":\"not in the books\"}")),
                null);
        assertThat(hooked.askAndWait(tenant, door, "pump-17"))
                .isInstanceOfSatisfying(
                        Decision.Refused.class,
                        refused -> assertThat(refused.refusal().reason()).isEqualTo("not in the books"));
        assertThat(registrations()).contains("\"refused\"", "not in the books");
    }

    @Test
    void aDeviceThatDoesNotComeAgainIsDecidedOnAllTheSame() {
        CountDownLatch slow = new CountDownLatch(1);
        Door door = hooked.door(
                tenant,
                RECEIVER.at(path(), exchange -> {
                    hold(slow);
                    answer(exchange, 200, "{\"decision\":\"deny\",\"reason\":\"stolen\"}");
                }),
                null);
        assertThat(hooked.askAndWait(tenant, door, "pump-17"))
                .isInstanceOfSatisfying(
                        Decision.Waiting.class,
                        waiting -> assertThat(waiting.status()).isEqualTo(RegistrationStatus.PENDING_HOOK));
        assertThat(registrations()).contains("\"pending-hook\"");
        slow.countDown();
        await().atMost(SOON).untilAsserted(() -> assertThat(registrations()).contains("\"refused\"", "stolen"));
    }

    @Test
    void whoDoesNotWaitIsAskedForInTurn() {
        Door door = hooked.door(tenant, RECEIVER.at(path(), exchange -> answer(exchange, 200, ALLOW)), null);
        assertThat(hooked.ask(tenant, door, "pump-17")).isInstanceOf(Decision.Waiting.class);
        await().atMost(SOON).untilAsserted(() -> assertThat(registrations()).contains("\"status\":\"pending\""));
        assertThat(hooked.ask(tenant, door, "pump-17")).isInstanceOf(Decision.Admitted.class);
    }

    @Test
    void aHookThatFailsIsAskedAgainTheSameQuestion() {
        String path = path();
        AtomicInteger calls = new AtomicInteger();
        Door door = hooked.door(
                tenant,
                RECEIVER.at(path, exchange -> answer(exchange, calls.incrementAndGet() < 3 ? 500 : 200, ALLOW)),
                null);
        assertThat(hooked.askAndWait(tenant, door, "pump-17")).isInstanceOf(Decision.Waiting.class);
        await().atMost(Duration.ofSeconds(40))
                .untilAsserted(
                        () -> assertThat(hooked.ask(tenant, door, "pump-17")).isInstanceOf(Decision.Admitted.class));
        Set<String> distinct = new HashSet<>();
        RECEIVER.received(path).forEach(received -> distinct.add(received.idempotencyKey() + received.text()));
        assertThat(calls).hasValue(3);
        assertThat(distinct).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "no",
                "{}",
                "{\"decision\":\"maybe\"}",
                "{\"decision\":\"allow\",\"deviceType\":\"No!\"}",
                "{\"decision\":\"allow\",\"tags\":{\"1x\":\"y\"}}",
                "{\"decision\":\"allow\",\"state\":[]}"
            })
    void anAnswerThatCannotBeUsedDecidesNothing(String body) {
        Door door = hooked.door(tenant, RECEIVER.at(path(), exchange -> answer(exchange, 200, body)), null);
        assertThat(hooked.askAndWait(tenant, door, "pump-17")).isInstanceOf(Decision.Waiting.class);
        assertThat(jdbc.sql("SELECT reason FROM inquiry WHERE tenant = ?")
                        .param(tenant.value())
                        .query(String.class)
                        .single())
                .isNotBlank();
    }

    @Test
    void whatIsNotDecidedInTimeIsRefusedWithTheReason() {
        Door door = hooked.door(tenant, RECEIVER.at(path(), exchange -> answer(exchange, 500, "")), null);
        assertThat(hooked.askAndWait(tenant, door, "pump-17")).isInstanceOf(Decision.Waiting.class);
        jdbc.sql("UPDATE inquiry SET deadline_at = now(), due_at = now() WHERE tenant = ?")
                .param(tenant.value())
                .update();
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(registrations())
                        .contains("\"refused\"", "did not, in time", "the hook answered 500"));
        jdbc.sql("UPDATE inquiry SET settled_at = settled_at - interval '2 hours' WHERE tenant = ?")
                .param(tenant.value())
                .update();
        assertThat(hooked.ask(tenant, door, "pump-17"))
                .as("a refusal is not for ever")
                .isInstanceOf(Decision.Waiting.class);
    }

    @Test
    void aHookThatMovesIsAskedWhereItIsNow() {
        Door dead = hooked.door(tenant, "https://10.1.2.3/", null);
        assertThat(hooked.askAndWait(tenant, dead, "pump-17")).isInstanceOf(Decision.Waiting.class);
        Door moved = moved(dead, RECEIVER.at(path(), exchange -> answer(exchange, 200, ALLOW)));
        assertThat(hooked.askAndWait(tenant, moved, "pump-17")).isInstanceOf(Decision.Admitted.class);
    }

    @Test
    void aHookThatDoesNotAnswerHoldsUpNoOther() {
        Door silent = hooked.door(tenant, RECEIVER.at(path(), _ -> hold(END)), null);
        for (int i = 0; i < 30; i++) {
            hooked.ask(tenant, silent, "pump-" + i);
        }
        TenantId other = new TenantId("o" + tenant.value());
        Door quick = hooked.door(other, RECEIVER.at(path(), exchange -> answer(exchange, 200, ALLOW)), null);
        Door quickToo = hooked.door(tenant, RECEIVER.at(path(), exchange -> answer(exchange, 200, ALLOW)), null);
        assertThat(hooked.ask(other, quick, "pump-17")).isInstanceOf(Decision.Waiting.class);
        assertThat(hooked.ask(tenant, quickToo, "valve-17")).isInstanceOf(Decision.Waiting.class);
        await().atMost(Duration.ofSeconds(4)).untilAsserted(() -> {
            assertThat(hooked.ask(other, quick, "pump-17")).isInstanceOf(Decision.Admitted.class);
            assertThat(hooked.ask(tenant, quickToo, "valve-17")).isInstanceOf(Decision.Admitted.class);
        });
    }

    private static Door moved(Door door, String hook) {
        Webhook before = Objects.requireNonNull(door.policy().hook());
        return new Door(door.kind(), door.id(), door.policy().withHooks(new Webhook(hook, before.secret()), null));
    }

    private String registrations() {
        String body = http.get()
                .uri("/api/v1/registrations")
                .header("Authorization", tokens.bearer(tenant.value(), "viewer"))
                .exchange()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();
        return body == null ? "" : body;
    }

    private static String path() {
        return "/" + UUID.randomUUID();
    }

    private static void hold(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }
}
