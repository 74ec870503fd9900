package io.warren.provisioning.assignment;

import static io.warren.testing.webhook.WebhookReceiver.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.warren.contracts.device.TenantId;
import io.warren.provisioning.ProvisioningTest;
import io.warren.provisioning.admission.Platform;
import io.warren.provisioning.attestation.Door;
import io.warren.provisioning.hook.Hooked;
import io.warren.provisioning.policy.Assignment;
import io.warren.provisioning.policy.Assignment.By;
import io.warren.provisioning.policy.Assignment.Rule;
import io.warren.provisioning.policy.Assignment.Target;
import io.warren.provisioning.policy.EnrollmentPolicy;
import io.warren.provisioning.policy.Webhook;
import io.warren.provisioning.registration.Decision;
import io.warren.testing.backing.Backed;
import io.warren.testing.webhook.WebhookReceiver;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@ProvisioningTest
@Backed
@Import(Hooked.class)
class AssignmentTest {

    private static final WebhookReceiver RECEIVER = new WebhookReceiver();
    private static final Map<String, Target> TARGETS =
            Map.of("test", new Target("https://test.example.com"), "lab", new Target("https://lab.example.com"));

    @Autowired
    private Hooked hooked;

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
        RECEIVER.close();
    }

    @Test
    void aDeviceStaysWhereItWasSentUntilThereIsNoSuchTarget() {
        Door all = door(new Assignment(TARGETS, By.WEIGHT, Map.of("test", 1), null, null));
        assertThat(ask(all)).isEqualTo("test");
        assertThat(ask(changed(all, new Assignment(TARGETS, By.WEIGHT, Map.of("lab", 1), null, null))))
                .isEqualTo("test");
        Assignment without = new Assignment(
                Map.of("lab", new Target("https://lab.example.com")), By.WEIGHT, Map.of("lab", 1), null, null);
        assertThat(ask(changed(all, without))).isEqualTo("lab");
    }

    @Test
    void aTargetThatMovedIsToldAsItIsNow() {
        Door door = door(new Assignment(TARGETS, By.HASH, Map.of("test", 1), null, null));
        assertThat(ask(door)).isEqualTo("test");
        Door moved = changed(
                door,
                new Assignment(
                        Map.of("test", new Target("https://new.example.com")), By.HASH, Map.of("test", 1), null, null));
        assertThat(hooked.ask(tenant, moved, "pump-17"))
                .isInstanceOfSatisfying(
                        Decision.Elsewhere.class,
                        elsewhere -> assertThat(elsewhere.platform())
                                .isEqualTo(new Platform("test", "https://new.example.com")));
    }

    @Test
    void aDeviceThatWasLetInStays() {
        Door door = door(null);
        assertThat(ask(door)).isEqualTo("here");
        assertThat(ask(changed(door, new Assignment(TARGETS, By.WEIGHT, Map.of("test", 1), null, null))))
                .isEqualTo("here");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "registration.identifiers.serial.startsWith(\"T\");test",
                "registration.identifiers.serial == \"X\";lab",
                "registration.hardwareVersion == \"B\" && registration.door.kind == \"group\";test",
                "registration.certificate.subject.ou == \"Lyon\";lab",
            })
    void theFirstRuleThatIsTrueCounts(String when, String target) {
        Door door = door(new Assignment(
                TARGETS, By.EXPRESSION, null, List.of(new Rule(when, "test"), new Rule("true == true", "lab")), null));
        assertThat(ask(door)).isEqualTo(target);
    }

    @Test
    void whereNoRuleIsTrueItIsHere() {
        Rule never = new Rule("registration.registrationId == \"valve\"", "test");
        assertThat(ask(door(new Assignment(TARGETS, By.EXPRESSION, null, List.of(never), null))))
                .isEqualTo("here");
    }

    @Test
    void aWebhookChoosesAmongTheTargetsOnceForAll() {
        String path = "/" + UUID.randomUUID();
        Door door = door(
                byWebhook(RECEIVER.at(path, exchange -> answer(exchange, 200, "{\"target\":\"lab\",\"why\":\"so\"}"))));
        assertThat(ask(door)).isEqualTo("lab");
        assertThat(ask(door)).isEqualTo("lab");
        assertThat(RECEIVER.received(path)).singleElement().satisfies(received -> {
            assertThat(received.json().at("/targets").toString()).isEqualTo("[\"here\",\"lab\",\"test\"]");
            assertThat(received.json().at("/facts/identifiers/serial").asString())
                    .isEqualTo("T-1");
        });
    }

    @Test
    void aWebhookChoosesAgainWhereItsTargetIsThereNoLonger() {
        AtomicReference<String> body = new AtomicReference<>("{\"target\":\"lab\"}");
        Door door =
                door(byWebhook(RECEIVER.at("/" + UUID.randomUUID(), exchange -> answer(exchange, 200, body.get()))));
        assertThat(ask(door)).isEqualTo("lab");
        Assignment before = Objects.requireNonNull(door.policy().assignment());
        Assignment without = new Assignment(
                Map.of("test", new Target("https://test.example.com")), By.WEBHOOK, null, null, before.webhook());

        body.set("{\"target\":\"test\"}");

        assertThat(ask(new Door(
                        door.kind(),
                        door.id(),
                        new EnrollmentPolicy(
                                null, null, null, null, null, null, null, null, null, null, without, null, null))))
                .isEqualTo("test");
    }

    @Test
    void anAnswerThatIsNoTargetSendsNobodyAnywhere() {
        AtomicReference<String> body = new AtomicReference<>("{\"target\":\"elsewhere\"}");
        Door door =
                door(byWebhook(RECEIVER.at("/" + UUID.randomUUID(), exchange -> answer(exchange, 200, body.get()))));
        assertThat(ask(door)).isEqualTo("pending-hook");
        body.set("{\"target\":\"here\"}");
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(ask(door)).isEqualTo("here"));
    }

    @Test
    void aHookAndAWebhookAreAskedOneAfterTheOther() {
        String hook = "/" + UUID.randomUUID();
        String chooser = "/" + UUID.randomUUID();
        Door door = hooked.door(
                tenant,
                RECEIVER.at(hook, exchange -> answer(exchange, 200, "{\"decision\":\"allow\"}")),
                byWebhook(RECEIVER.at(chooser, exchange -> answer(exchange, 200, "{\"target\":\"test\"}"))));
        assertThat(ask(door)).isEqualTo("test");
        assertThat(RECEIVER.received(hook)).hasSize(1);
        assertThat(RECEIVER.received(chooser)).hasSize(1);
    }

    private String ask(Door door) {
        return switch (hooked.askAndWait(tenant, door, "pump-17")) {
            case Decision.Admitted _ -> Assignment.HERE;
            case Decision.Elsewhere elsewhere -> elsewhere.platform().name();
            case Decision.Waiting waiting -> waiting.status().text();
            case Decision.Refused refused -> refused.refusal().reason();
        };
    }

    private Door door(@Nullable Assignment assignment) {
        return hooked.door(tenant, null, assignment);
    }

    private Door changed(Door door, Assignment assignment) {
        return new Door(
                door.kind(), door.id(), Objects.requireNonNull(door(assignment)).policy());
    }

    private static Assignment byWebhook(String url) {
        return new Assignment(TARGETS, By.WEBHOOK, null, null, new Webhook(url, Hooked.SECRET));
    }
}
