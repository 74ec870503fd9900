package io.warren.provisioning.bootstrap;

import static io.warren.testing.webhook.WebhookReceiver.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.warren.provisioning.ProvisioningTest;
import io.warren.provisioning.attestation.SymmetricKey;
import io.warren.provisioning.bootstrap.BootstrapClient.Answer;
import io.warren.testing.backing.Backed;
import io.warren.testing.backing.TestTokens;
import io.warren.testing.webhook.WebhookReceiver;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.client.RestTestClient;

/** Devices come through groups that have hooks, or send them elsewhere. */
@ProvisioningTest
@Backed(broker = Backed.Broker.OWN_VHOST)
@Import(RegistryStub.class)
class HookedBootstrapIT {

    private static final WebhookReceiver RECEIVER = new WebhookReceiver();

    private static final String SECRET = "a-secret-for-the-hook";

    @Autowired
    private RestTestClient http;

    @Autowired
    private TestTokens tokens;

    @Autowired
    private RegistryStub registry;

    @Autowired
    private JdbcClient jdbc;

    @LocalServerPort
    private int port;

    private BootstrapClient client;

    @DynamicPropertySource
    static void reachTheHooks(DynamicPropertyRegistry properties) {
        properties.add("warren.hook.allowed-networks", () -> "127.0.0.0/8,::1/128");
        properties.add("warren.hook.ca-file", WebhookReceiver::certificate);
    }

    @BeforeEach
    void ownTenant() {
        client = new BootstrapClient(http, tokens);
        registry.requests.clear();
        registry.answer = RegistryStub.AGREES;
    }

    @AfterAll
    static void stop() {
        RECEIVER.close();
    }

    @Test
    void whatAQuickHookAllowsIsInTheFirstAnswer() {
        String url = RECEIVER.at(
                path(),
                exchange -> answer(
                        exchange, 200, "{\"decision\":\"allow\",\"deviceType\":\"b\",\"tags\":{\"order\":\"1\"}}"));
        String key = client.group("pumps", hook(url, SECRET) + ",\"deviceType\":\"a\",\"tags\":{\"site\":\"lyon\"}");

        assertThat(register("pump-17", key).text("/status")).isEqualTo("registered");
        assertThat(registry.requests).singleElement().satisfies(request -> {
            assertThat(request.type()).isEqualTo("b");
            assertThat(request.tags()).isEqualTo(Map.of("site", "lyon", "order", "1"));
        });
    }

    @Test
    void whoseHookIsSlowComesAgain() {
        CountDownLatch decided = new CountDownLatch(1);
        String url = RECEIVER.at(path(), exchange -> {
            hold(decided);
            answer(exchange, 200, "{\"decision\":\"allow\"}");
        });
        String key = client.group("pumps", hook(url, SECRET));

        Answer first = register("pump-17", key);
        assertThat(first.status()).isEqualTo(202);
        assertThat(first.text("/status")).isEqualTo("pending-hook");
        assertThat(Integer.parseInt(Objects.requireNonNull(first.retryAfter()))).isPositive();
        decided.countDown();
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> assertThat(register("pump-17", key).status()).isEqualTo(200));
    }

    @Test
    void whomTheHookDeniesIsToldWhy() {
        String url = RECEIVER.at(
                path(), exchange -> answer(exchange, 200, "{\"decision\":\"deny\",\"reason\":\"not in the books\"}"));
        String key = client.group("pumps", hook(url, SECRET));

        Answer answer = register("pump-17", key);
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.text("/detail")).isEqualTo("not in the books");
        assertThat(client.get("/api/v1/registrations").body().toString()).contains("not in the books");
        assertThat(registry.requests).isEmpty();
    }

    @Test
    void aBoardThatTheHookDoesNotWantTakesNobodysPlace() {
        AtomicReference<String> body = new AtomicReference<>("{\"decision\":\"allow\"}");
        String url = RECEIVER.at(path(), exchange -> answer(exchange, 200, body.get()));
        String key = client.group("pumps", hook(url, SECRET) + ",\"replacement\":\"approval\"");
        assertThat(board("pump-17", key, "A").status()).isEqualTo(200);
        Answer other = board("pump-17", key, "B");
        client.post("/api/v1/registrations/" + other.text("/registrationId") + ":approve", "{}");

        body.set("{\"decision\":\"deny\",\"reason\":\"a clone\"}");

        assertThat(board("pump-17", key, "B").text("/detail")).isEqualTo("a clone");
        body.set("{\"decision\":\"allow\"}");
        assertThat(board("pump-17", key, "B").status()).isEqualTo(403);
        assertThat(board("pump-17", key, "A").status()).isEqualTo(200);
    }

    @Test
    void theSecretOfAHookIsKeptSealedAndNeverShown() {
        client.group("pumps", hook("https://example.com/a", SECRET));
        String body = "{\"attestation\":{\"kind\":\"symmetric-key\"}," + hook("https://example.com/%s", null) + "}";

        assertThat(client.get("/api/v1/enrollment-groups/pumps").body().toString())
                .contains("https://example.com/a")
                .doesNotContain("secret");
        assertThat(jdbc.sql("SELECT count(*) FROM enrollment_group g WHERE g::text LIKE '%' || ? || '%'")
                        .param(SECRET)
                        .query(Long.class)
                        .single())
                .isZero();
        assertThat(client.put("/api/v1/enrollment-groups/pumps", body.formatted("a"))
                        .status())
                .isEqualTo(200);
        assertThat(client.put("/api/v1/enrollment-groups/pumps", body.formatted("b"))
                        .text("/errors/0/pointer"))
                .isEqualTo("/hook/secret");
    }

    @Test
    void aDeviceIsSentToAnotherInstallationAndCounted() {
        String key = client.group("pumps", """
                "assignment":{"targets":{"test":{"url":"https://test.example.com"}},"by":"expression",
                              "rules":[{"when":"registration.identifiers.serial == \\"S-pump-17\\"","target":"test"}]}""");

        Answer sent = register("pump-17", key);
        assertThat(sent.text("/status")).isEqualTo("assigned");
        assertThat(sent.text("/platform/name")).isEqualTo("test");
        assertThat(sent.text("/platform/url")).isEqualTo("https://test.example.com");
        assertThat(register("pump-18", key).text("/status")).isEqualTo("registered");
        assertThat(client.get("/api/v1/enrollment-groups/pumps/assignments")
                        .body()
                        .toString())
                .isEqualTo("{\"targets\":{\"here\":1,\"test\":1}}");
        assertThat(client.get("/api/v1/enrollment-groups/valves/assignments").status())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "\"hook\":{\"url\":\"http://example.com\",\"secret\":\"sixteen-characters\"};/hook/url",
                "\"hook\":{\"url\":\"https://example.com\",\"secret\":\"short\"};/hook/secret",
                "\"hook\":{\"url\":\"https://example.com\"};/hook/secret",
                "\"assignment\":{\"targets\":{},\"by\":\"weight\"};/assignment/targets",
                "\"assignment\":{\"targets\":{\"here\":{\"url\":\"https://a.example\"}},\"by\":\"weight\"};/assignment/targets/here",
                "\"assignment\":{\"targets\":{\"t\":{\"url\":\"ftp://a.example\"}},\"by\":\"weight\"};/assignment/targets/t/url",
                "\"assignment\":{\"targets\":{\"t\":{\"url\":\"https://a.example\"}},\"by\":\"weight\",\"weights\":{\"u\":1}};/assignment/weights",
                "\"assignment\":{\"targets\":{\"t\":{\"url\":\"https://a.example\"}},\"by\":\"hash\",\"weights\":{\"t\":0}};/assignment/weights",
                "\"assignment\":{\"targets\":{\"t\":{\"url\":\"https://a.example\"}},\"by\":\"expression\"};/assignment/rules",
                "\"assignment\":{\"targets\":{\"t\":{\"url\":\"https://a.example\"}},\"by\":\"expression\",\"rules\":[{\"when\":\"registration.x\",\"target\":\"t\"}]};/assignment/rules/0/when",
                "\"assignment\":{\"targets\":{\"t\":{\"url\":\"https://a.example\"}},\"by\":\"expression\",\"rules\":[{\"when\":\"true == true\",\"target\":\"u\"}]};/assignment/rules/0/target",
                "\"assignment\":{\"targets\":{\"t\":{\"url\":\"https://a.example\"}},\"by\":\"webhook\"};/assignment/webhook",
            })
    void whatCouldNotBeCarriedOutIsRefusedWithItsPlace(String policy, String pointer) {
        Answer refused = client.put(
                "/api/v1/enrollment-groups/pumps", "{\"attestation\":{\"kind\":\"symmetric-key\"}," + policy + "}");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text("/errors/0/pointer")).isEqualTo(pointer);
    }

    @Test
    void whoGuessesIsTurnedAwayForAWhile() throws Exception {
        String key = client.group("pumps", "");
        for (int i = 0; i < 10; i++) {
            assertThat(client.register("pump-17", BootstrapClient.key("pumps", "x".repeat(43)))
                            .status())
                    .isEqualTo(401);
        }
        HttpResponse<String> locked = registerOnce("pump-17", key);
        assertThat(locked.statusCode()).isEqualTo(429);
        assertThat(locked.body()).contains("urn:warren:problem:too-many-attempts");
        assertThat(locked.headers().firstValueAsLong("Retry-After").orElseThrow())
                .isBetween(30L, 90L);
        assertThat(register("pump-18", key).status()).isEqualTo(200);
    }

    /** With a client that does not wait for {@code Retry-After} and ask again by itself. */
    private HttpResponse<String> registerOnce(String device, String groupKey) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/bootstrap/v1/register"))
                .header("Authorization", tokens.bearer(null, "device"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"tenant\":\"" + client.tenant + "\",\"deviceId\":\""
                        + device + "\",\"attestation\":" + BootstrapClient.key("pumps", keyOf(groupKey, device)) + "}"))
                .build();
        try (HttpClient once = HttpClient.newHttpClient()) {
            return once.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }

    private Answer register(String device, String groupKey) {
        return client.register(device, BootstrapClient.key("pumps", keyOf(groupKey, device)));
    }

    private Answer board(String device, String groupKey, String serial) {
        return client.registerWith(
                device,
                BootstrapClient.key("pumps", keyOf(groupKey, device)),
                "\"identifiers\":{\"serial\":\"" + serial + "\"}");
    }

    private static String hook(String url, @Nullable String secret) {
        return "\"hook\":{\"url\":\"" + url + "\"" + (secret == null ? "" : ",\"secret\":\"" + secret + "\"") + "}";
    }

    private static void hold(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String keyOf(String group, String device) {
        return new SymmetricKey(group).ofDevice(device).text();
    }

    private static String path() {
        return "/" + UUID.randomUUID();
    }
}
