package io.warren.registry.signin;

import static org.assertj.core.api.Assertions.assertThat;

import io.warren.contracts.device.AccessToken;
import io.warren.contracts.device.DeviceAddress;
import io.warren.platform.peer.PeerAddress;
import io.warren.registry.Api;
import io.warren.registry.RegistryTest;
import io.warren.registry.lockout.Lockouts;
import io.warren.testing.backing.TestTokens;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

@RegistryTest
class GatewaySignInTest {

    private static final JsonMapper JSON = JsonMapper.shared();

    @Autowired
    TestTokens tokens;

    @Autowired
    Lockouts lockouts;

    @Autowired
    Logins logins;

    @Autowired
    JdbcClient jdbc;

    @LocalServerPort
    int port;

    Api api;
    DeviceAddress pump = DeviceAddress.of("g-" + UUID.randomUUID().toString().substring(0, 8), "pump");
    String secret = "";
    String here = someAddress();

    @BeforeEach
    void makeADevice() {
        api = Api.asPlatformAdmin(port, tokens).withTenant(pump.tenant().value());
        api.put("/api/v1/devices/pump", "{}");
        secret = api.post("/api/v1/devices/pump/credentials", "{\"kind\":\"secret\"}")
                .json()
                .at("/secret")
                .asString();
    }

    @Test
    void aSecretAndATokenAreAcceptedAndNothingElse() {
        assertThat(outcome(here, secret)).isEqualTo("ACCEPTED");
        Instant expiry = Instant.ofEpochSecond(Instant.now().plusSeconds(600).getEpochSecond());
        String token = AccessToken.sign(pump, expiry, AccessToken.key(secret)).text();
        assertThat(ask(here, token).json().at("/until").asString())
                .isEqualTo(expiry.plus(Duration.ofMinutes(5)).toString());
        assertThat(outcome(here, secret + "x")).isEqualTo("REFUSED");
        assertThat(outcome(here, "")).isEqualTo("REFUSED");
        assertThat(outcome(here, "none")).isEqualTo("REFUSED");
    }

    @Test
    void exactlyTheCertificateThatIsAdmittedIsAcceptedUntilItEndsOrTheDeviceIsDisabled() {
        Instant end = Instant.parse("2099-01-01T00:00:00Z");
        String admitted = certificate(end);
        assertThat(byCertificate(pump, admitted).at("/outcome").asString()).isEqualTo("ACCEPTED");
        assertThat(byCertificate(pump, admitted).at("/until").asString()).isEqualTo(end.toString());
        assertThat(outcomeOf(pump, certificate(Instant.parse("2020-01-01T00:00:00Z"))))
                .isEqualTo("REFUSED");
        assertThat(outcomeOf(pump, "00".repeat(32))).isEqualTo("REFUSED");
        assertThat(outcomeOf(valve(), admitted)).isEqualTo("REFUSED");

        api.patch("/api/v1/devices/pump", "{\"enabled\":false}");
        assertThat(outcomeOf(pump, admitted)).isEqualTo("REFUSED");
    }

    /** A row of the device, as admitting a certificate leaves it. */
    private String certificate(Instant end) {
        byte[] sha256 = new byte[32];
        ThreadLocalRandom.current().nextBytes(sha256);
        jdbc.sql("""
                        INSERT INTO credential (id, tenant, device, kind, certificate_sha256, serial, expires_at, created_at)
                        VALUES (?, ?, 'pump', 'certificate', ?, 'a1', ?, now())""")
                .params(UUID.randomUUID(), pump.tenant().value(), sha256, Timestamp.from(end))
                .update();
        logins.forgetAll();
        return HexFormat.of().formatHex(sha256);
    }

    private String outcomeOf(DeviceAddress device, String sha256) {
        return byCertificate(device, sha256).at("/outcome").asString();
    }

    private JsonNode byCertificate(DeviceAddress device, String sha256) {
        ObjectNode question = JSON.createObjectNode();
        question.put("username", device.toString());
        question.put("certificateSha256", sha256);
        question.put("address", here);
        return api.as(null, "gateway")
                .post("/internal/device-sign-in", question.toString())
                .json();
    }

    @ParameterizedTest
    @ValueSource(strings = {"viewer", "integrator", "admin", "platform-admin", "device"})
    void onlyTheGatewayMayAsk(String role) {
        assertThat(api.as(pump.tenant().value(), role)
                        .post("/internal/device-sign-in", body(here, secret))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void theGatewayMayAskNothingElse() {
        assertThat(api.as(pump.tenant().value(), "gateway")
                        .get("/api/v1/devices")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void whoFailsTooOftenIsNotListenedToAtThatAddressAndIsElsewhere() {
        for (int i = 0; i < 10; i++) {
            assertThat(outcome(here, "wrong")).isEqualTo("REFUSED");
        }
        assertThat(outcome(here, "wrong")).isEqualTo("LOCKED");
        // right or wrong, the answer is the same
        assertThat(outcome(here, secret)).isEqualTo("LOCKED");
        assertThat(ask(here, secret).json().at("/until").asString()).isNotEmpty();
        assertThat(outcome(someAddress(), secret)).isEqualTo("ACCEPTED");
    }

    @Test
    void whoWasLetInAtAnAddressIsLetInWhateverOthersTryThere() {
        String elsewhere = someAddress();
        api.put("/api/v1/devices/valve", "{}");
        assertThat(outcome(here, secret)).isEqualTo("ACCEPTED");
        for (String from : new String[] {here, elsewhere}) {
            PeerAddress address = PeerAddress.of(from).orElseThrow();
            for (int i = 0; i < 300; i++) {
                lockouts.failed(address, null);
            }
        }

        assertThat(outcome(here, secret)).isEqualTo("ACCEPTED");
        assertThat(lockouts.until(PeerAddress.of(here).orElseThrow(), valve())).isPresent();
        assertThat(outcome(elsewhere, secret)).isEqualTo("LOCKED");
        assertThat(outcome(someAddress(), secret)).isEqualTo("ACCEPTED");
    }

    @Test
    void ofTheAddressesOfADeviceTheLatestTenAreKnown() {
        for (int i = 0; i < 15; i++) {
            outcome("10.9.8." + i, secret);
        }
        assertThat(jdbc.sql("SELECT address FROM known_address WHERE tenant = ? ORDER BY seen_at DESC")
                        .param(pump.tenant().value())
                        .query(String.class)
                        .list())
                .hasSize(10)
                .startsWith("10.9.8.14")
                .endsWith("10.9.8.5");
    }

    @Test
    void aDisabledOneThatShowsItsSecretIsNotLockedOut() {
        api.patch("/api/v1/devices/pump", "{\"enabled\":false}");
        for (int i = 0; i < 30; i++) {
            assertThat(outcome(here, secret)).isEqualTo("REFUSED");
        }
        api.patch("/api/v1/devices/pump", "{\"enabled\":true}");
        assertThat(outcome(here, secret)).isEqualTo("ACCEPTED");
    }

    @Test
    void aRefusedSignInIsInTheTimelineOnceAMinute() {
        for (int i = 0; i < 5; i++) {
            outcome(here, "wrong");
        }
        var entries =
                api.get("/api/v1/devices/pump/timeline?kind=signin").json().at("/items");
        assertThat(entries.size()).isEqualTo(1);
        assertThat(entries.at("/0/event").asString()).isEqualTo("refused");
        assertThat(entries.at("/0/details/reason").asString()).isEqualTo("wrong secret");
        assertThat(entries.at("/0/details/address").asString()).isEqualTo(here);
    }

    private DeviceAddress valve() {
        return DeviceAddress.of(pump.tenant().value(), "valve");
    }

    private String outcome(String from, String password) {
        return ask(from, password).json().at("/outcome").asString();
    }

    private Api.Answer ask(String from, String password) {
        return api.as(null, "gateway").post("/internal/device-sign-in", body(from, password));
    }

    private String body(String from, String password) {
        ObjectNode question = JSON.createObjectNode();
        question.put("username", pump.toString());
        question.put("password", password);
        question.put("address", from);
        return question.toString();
    }

    private static String someAddress() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return "10." + random.nextInt(256) + "." + random.nextInt(256) + "." + random.nextInt(256);
    }
}
