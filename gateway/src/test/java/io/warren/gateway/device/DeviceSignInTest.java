package io.warren.gateway.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.warren.gateway.RunningGateway;
import io.warren.gateway.Upstream;
import io.warren.platform.clientcertificate.ClientCertFields;
import io.warren.testing.tls.ClientIdentity;
import io.warren.testing.tls.TestAuthority;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The registry of these tests accepts the secret {@code right}, of whatever device. */
class DeviceSignInTest extends RunningGateway {

    private static final String IDENTITY = "/device/v1/identity";
    private static final TestAuthority AUTHORITY = TestAuthority.generate();

    private final Queue<JsonNode> questions = new ConcurrentLinkedQueue<>();
    private final Queue<String> tokensOfQuestions = new ConcurrentLinkedQueue<>();
    private volatile String right = "right";
    private volatile String admitted = "none";
    private volatile String otherwise = "{\"outcome\":\"REFUSED\"}";
    private final String pump = "pump-" + UUID.randomUUID().toString().substring(0, 8) + "@acme";

    @BeforeEach
    void answerAsTheRegistry() {
        REGISTRY.answer(exchange -> {
            if (!exchange.getRequestURI().getPath().equals("/internal/device-sign-in")) {
                Upstream.write(exchange, 200, "text/plain", "registry");
                return;
            }
            JsonNode question = JSON.readTree(exchange.getRequestBody().readAllBytes());
            questions.add(question);
            tokensOfQuestions.add(exchange.getRequestHeaders().getFirst("Authorization"));
            boolean accepted = question.at("/password").asString("").equals(right)
                    || question.at("/certificateSha256").asString("").equals(admitted);
            Upstream.write(exchange, 200, "application/json", accepted ? "{\"outcome\":\"ACCEPTED\"}" : otherwise);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "/device/v1/identity, registry",
        "/device/v1/state, registry",
        "/device/v1/state/reported, registry",
        "/device/v1/commands?wait=30, registry",
        "/device/v1/commands/c1, registry",
        "/device/v1/events/door, telemetry",
        "/device/v1/logs, telemetry",
        "/device/v1/telemetry, telemetry",
        "/device/v1/telemetry/env, telemetry",
        "/device/v1/via/valve/telemetry, telemetry",
        "/device/v1/via/valve/telemetry/env, telemetry",
        "/device/v1/via/valve/events/door, telemetry",
        "/device/v1/via/valve/logs, telemetry",
    })
    void a_device_reaches_what_is_for_devices(String path, String service) throws Exception {
        HttpResponse<String> response = send(basic(pump, "right", path));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(service);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/device/v1",
                "/device/v1/firmware",
                "/device/v1/state/desired",
                "/device/v1/telemetry/env/2",
                "/device/v1/events",
                "/device/v1/logs/1",
                "/device/v1/via/valve/state",
                "/device/v1/via/valve/via/bolt/telemetry",
                "/device/v1/commands/c1/result",
                "/device/v2/telemetry"
            })
    void what_is_not_there_is_not_forbidden(String path) throws Exception {
        assertProblem(send(basic(pump, "right", path)), 404, "not-found");
    }

    @Test
    void a_device_goes_on_as_itself_whatever_its_headers_say() throws Exception {
        send(basic(pump, "right", IDENTITY)
                .header("Warren-Tenant", "other")
                .header("X-Forwarded-User", "valve@other")
                .header("Warren-Device", "valve@other"));

        JWTClaimsSet claims = claims(REGISTRY.received().header("Authorization"));
        assertThat(claims.getSubject()).isEqualTo(pump);
        assertThat(claims.getStringClaim("tenant")).isEqualTo("acme");
        assertThat(claims.getStringClaim("role")).isEqualTo("device");
        assertThat(REGISTRY.received().headers()).doesNotContainKeys("Warren-Tenant", "X-Forwarded-User");
    }

    @Test
    void the_gateway_asks_in_its_own_name_and_says_where_the_device_is() throws Exception {
        send(basic(pump, "right", IDENTITY));

        JsonNode question = questions.element();
        assertThat(question.at("/username").asString()).isEqualTo(pump);
        assertThat(question.at("/address").asString()).isEqualTo("127.0.0.1");
        JWTClaimsSet claims = claims(tokensOfQuestions.element());
        assertThat(claims.getSubject()).isEqualTo("gateway");
        assertThat(claims.getStringClaim("role")).isEqualTo("gateway");
        assertThat(claims.getStringClaim("tenant")).isNull();
    }

    @Test
    void a_device_that_was_let_in_is_not_asked_about_for_some_seconds_and_then_again() throws Exception {
        for (int i = 0; i < 5; i++) {
            assertThat(send(basic(pump, "right", IDENTITY)).statusCode()).isEqualTo(200);
        }
        assertThat(questions).hasSize(1);

        right = "changed";
        await().atMost(Duration.ofSeconds(8))
                .untilAsserted(
                        () -> assertThat(send(basic(pump, "right", IDENTITY)).statusCode())
                                .isEqualTo(401));
    }

    @Test
    void what_was_let_in_for_one_lets_in_no_other() throws Exception {
        send(basic(pump, "right", IDENTITY));
        right = "changed";
        assertThat(send(basic("x" + pump, "right", IDENTITY)).statusCode()).isEqualTo(401);
        assertThat(send(basic(pump.replace("acme", "other"), "right", IDENTITY)).statusCode())
                .isEqualTo(401);
        assertThat(send(basic(pump, "right ", IDENTITY)).statusCode()).isEqualTo(401);
    }

    @Test
    void a_refusal_is_a_problem_with_a_challenge_and_takes_its_time() throws Exception {
        Instant before = Instant.now();
        HttpResponse<String> response = send(basic(pump, "wrong", IDENTITY));
        assertProblem(response, 401, "unauthorized");
        assertThat(response.headers().firstValue("WWW-Authenticate"))
                .contains("Basic realm=\"warren-device\", charset=\"UTF-8\"");
        assertThat(Duration.between(before, Instant.now())).isGreaterThanOrEqualTo(Duration.ofMillis(500));
        assertThat(response.body()).doesNotContain("wrong");
    }

    @Test
    void who_is_locked_out_is_told_when_to_come_again() throws Exception {
        otherwise = "{\"outcome\":\"LOCKED\",\"until\":\"%s\"}"
                .formatted(Instant.now().plusSeconds(90));
        HttpResponse<String> response = send(basic(pump, "wrong", IDENTITY));
        assertProblem(response, 429, "locked-out");
        assertThat(response.headers().firstValue("Retry-After"))
                .hasValueSatisfying(
                        seconds -> assertThat(Long.parseLong(seconds)).isBetween(80L, 90L));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Basic",
                "Basic !",
                "Basic cHVtcA==",
                "Bearer cHVtcEBhY21lOnJpZ2h0",
                "Digest username=\"pump@acme\"",
                "Basic cHVtcEBhY21lOg==",
                "Basic YWRtaW46cmlnaHQ=",
                "Basic cHVtcEBhY21lQG90aGVyOnJpZ2h0",
                "Basic cHVtcEBhY21lL2Jvb3RzdHJhcDpyaWdodA=="
            })
    void what_is_no_device_is_refused_without_asking(String authorization) throws Exception {
        assertProblem(send(request(IDENTITY).header("Authorization", authorization)), 401, "unauthorized");
        assertProblem(send(request(IDENTITY)), 401, "unauthorized");
        assertThat(questions).isEmpty();
    }

    @Test
    void credentials_that_are_too_long_are_not_looked_at() throws Exception {
        assertProblem(send(basic(pump, "x".repeat(2_000), IDENTITY)), 401, "unauthorized");
        assertThat(questions).isEmpty();
    }

    @Test
    void two_credentials_are_none() throws Exception {
        String header = header(pump, "right");
        assertProblem(
                send(request(IDENTITY).header("Authorization", header).header("Authorization", header)),
                401,
                "unauthorized");
        assertThat(questions).isEmpty();
    }

    @Test
    void a_key_opens_nothing_of_devices_and_a_device_nothing_of_keys() throws Exception {
        assertProblem(send(request(BOOTSTRAP_KEY, IDENTITY).header("Warren-Tenant", "acme")), 401, "unauthorized");
        for (String path : List.of("/api/v1/devices", "/api/v1/api-keys", "/api/v1/tenants/acme")) {
            assertProblem(send(basic(pump, "right", path)), 401, "unauthorized");
        }
        assertThat(REGISTRY.wasAsked()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/internal/device-sign-in",
                "/device/v1/../../internal/device-sign-in",
                "/device/v1/%2e%2e/%2e%2e/internal/device-sign-in",
                "/device/v1/identity/..;/..;/..;/internal/device-sign-in",
                "/device/v1//../internal/device-sign-in",
                "/device/internal/device-sign-in"
            })
    void nobody_reaches_the_gateways_own_question(String path) throws Exception {
        HttpResponse<String> response = send(basic(pump, "right", path).POST(BodyPublishers.ofString("{}")));
        assertThat(response.statusCode()).isIn(400, 404);
    }

    @Test
    void a_registry_that_is_away_is_a_503() throws Exception {
        REGISTRY.answer(exchange -> Upstream.write(exchange, 500, "text/plain", "broken"));
        HttpResponse<String> response = send(basic(pump, "right", IDENTITY));
        assertProblem(response, 503, "unavailable");
        assertThat(response.headers().firstValue("Retry-After")).isPresent();
    }

    @Test
    void signed_addresses_need_no_credentials_but_only_to_be_read() throws Exception {
        assertThat(send(request("/device/v1/artifacts/t/a.bin")).statusCode()).isEqualTo(200);
        assertProblem(send(request("/device/v1/artifacts/t/a.bin").DELETE()), 401, "unauthorized");
    }

    @Test
    void a_device_shows_its_certificate_instead() throws Exception {
        ClientIdentity certificate = AUTHORITY.identify("CN=" + pump + ",O=Acme");
        admitted = sha256(certificate);
        for (int i = 0; i < 3; i++) {
            assertThat(send(certificate, request(IDENTITY)).statusCode()).isEqualTo(200);
        }
        assertThat(questions).hasSize(1);
        JsonNode question = questions.element();
        assertThat(question.at("/username").asString()).isEqualTo(pump);
        assertThat(question.has("password")).isFalse();
        assertThat(claims(REGISTRY.received().header("Authorization")).getSubject())
                .isEqualTo(pump);
    }

    @Test
    void a_certificate_that_is_not_admitted_is_refused_and_so_is_one_that_names_no_device() throws Exception {
        admitted = sha256(AUTHORITY.identify("CN=" + pump));
        assertProblem(send(AUTHORITY.identify("CN=" + pump), request(IDENTITY)), 401, "unauthorized");
        assertThat(questions).hasSize(1);
        for (String subject :
                List.of("CN=A-1742", "O=Acme", "CN=" + pump + ",CN=" + pump, "CN=" + pump + "/bootstrap")) {
            assertProblem(send(AUTHORITY.identify(subject), request(IDENTITY)), 401, "unauthorized");
        }
        assertThat(questions).hasSize(1);
    }

    @Test
    void a_certificate_of_another_device_spoils_a_right_secret() throws Exception {
        ClientIdentity valve = AUTHORITY.identify("CN=valve@acme");
        admitted = sha256(valve);
        assertProblem(send(valve, basic(pump, "right", IDENTITY)), 401, "unauthorized");
        assertThat(questions).isEmpty();
        assertThat(send(AUTHORITY.identify("CN=" + pump), basic(pump, "right", IDENTITY))
                        .statusCode())
                .isEqualTo(200);
        // a factory's certificate names no device, so it says nothing against one
        assertThat(send(AUTHORITY.identify("CN=A-1742"), basic(pump, "right", IDENTITY))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void a_certificate_in_a_header_is_nothing() throws Exception {
        ClientIdentity certificate = AUTHORITY.identify("CN=" + pump);
        admitted = sha256(certificate);
        assertProblem(
                send(request(IDENTITY).header("Client-Cert", ClientCertFields.item(certificate.certificate()))),
                401,
                "unauthorized");
        assertThat(questions).isEmpty();
    }

    private static HttpResponse<String> send(ClientIdentity identity, HttpRequest.Builder request) throws Exception {
        try (HttpClient client = HttpClient.newBuilder()
                .sslContext(identity.client(CERTIFICATE.certificate()))
                .build()) {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    private static String sha256(ClientIdentity identity) throws Exception {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256")
                        .digest(identity.certificate().getEncoded()));
    }

    private HttpRequest.Builder basic(String username, String password, String path) {
        return request(path).header("Authorization", header(username, password));
    }

    private static String header(String username, String password) {
        return "Basic "
                + Base64.getEncoder().encodeToString((username + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    private static JWTClaimsSet claims(String authorization) throws Exception {
        return SignedJWT.parse(authorization.substring("Bearer ".length())).getJWTClaimsSet();
    }
}
