package io.warren.registry.signin;

import static org.assertj.core.api.Assertions.assertThat;

import io.warren.contracts.device.AccessToken;
import io.warren.contracts.device.DeviceAddress;
import io.warren.registry.Api;
import io.warren.registry.RegistryTest;
import io.warren.testing.backing.TestTokens;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

@RegistryTest
class TokenSignInTest {

    private static final String CREDENTIALS = "/api/v1/devices/pump/credentials";

    @Autowired
    TestTokens tokens;

    @Autowired
    SignIn signIn;

    @Autowired
    JdbcClient jdbc;

    @LocalServerPort
    int port;

    Api api;
    DeviceAddress pump = DeviceAddress.of("k-" + UUID.randomUUID().toString().substring(0, 8), "pump");
    String secret = "";

    @BeforeEach
    void makeADevice() {
        api = Api.asPlatformAdmin(port, tokens).withTenant(pump.tenant().value());
        api.put("/api/v1/devices/pump", "{}");
        secret = newSecret();
    }

    @Test
    void aTokenLetsTheDeviceIn() {
        Instant expiry = Instant.now().plus(Duration.ofHours(1));
        assertThat(judge(token(pump, expiry, secret)))
                .isEqualTo(new Verdict.Accepted(
                        pump, Instant.ofEpochSecond(expiry.getEpochSecond()).plus(Duration.ofMinutes(5))));
        assertThat(ask(token(pump, expiry, secret))).isEqualTo("allow");
    }

    @Test
    void aTokenOfEitherSecretIsGoodUntilItsSecretIsRevoked() {
        String second = newSecret();
        Instant expiry = Instant.now().plus(Duration.ofHours(1));
        assertThat(ask(token(pump, expiry, secret))).isEqualTo("allow");
        assertThat(ask(token(pump, expiry, second))).isEqualTo("allow");

        String first = api.get(CREDENTIALS).json().at("/items/0/id").asString();
        api.delete(CREDENTIALS + "/" + first);
        assertThat(judge(token(pump, expiry, secret))).isEqualTo(refused(Refusal.FORGED_TOKEN));
        assertThat(ask(token(pump, expiry, second))).isEqualTo("allow");
    }

    @Test
    void aTokenOfADisabledDeviceIsRefused() {
        String token = token(pump, Instant.now().plus(Duration.ofHours(1)), secret);
        api.patch("/api/v1/devices/pump", "{\"enabled\":false}");
        assertThat(judge(token)).isEqualTo(refused(Refusal.DISABLED));
    }

    @Test
    void aTokenIsTakenAsLongAsClocksMayDiffer() {
        Instant now = Instant.now();
        assertThat(judge(token(pump, now.minus(Duration.ofMinutes(4)), secret))).isInstanceOf(Verdict.Accepted.class);
        assertThat(judge(token(pump, now.minus(Duration.ofMinutes(6)), secret)))
                .isEqualTo(refused(Refusal.EXPIRED_TOKEN));
        assertThat(judge(token(pump, now.plus(Duration.ofHours(24)).plusSeconds(240), secret)))
                .isInstanceOf(Verdict.Accepted.class);
        assertThat(judge(token(pump, now.plus(Duration.ofHours(25)), secret))).isEqualTo(refused(Refusal.LONG_TOKEN));
    }

    @Test
    void aTokenOfAnotherDeviceIsRefusedWhoeverSignsIt() {
        Instant expiry = Instant.now().plus(Duration.ofHours(1));
        for (String other : new String[] {"valve@" + pump.tenant(), "pump@other"}) {
            DeviceAddress device = DeviceAddress.parse(other).orElseThrow();
            assertThat(judge(token(device, expiry, secret))).isEqualTo(refused(Refusal.MALFORMED_TOKEN));
            String renamed = token(device, expiry, secret).replace(other, pump.toString());
            assertThat(judge(renamed)).isEqualTo(refused(Refusal.FORGED_TOKEN));
        }
    }

    @Test
    void aTokenSignedWithWhatTheDatabaseHoldsIsRefused() {
        Instant expiry = Instant.now().plus(Duration.ofHours(1));
        jdbc.sql("SELECT secret_sha256, sealed_token_key FROM credential WHERE tenant = ?")
                .param(pump.tenant().value())
                .query((row, _) -> {
                    assertThat(judge(AccessToken.sign(pump, expiry, row.getBytes(1))
                                    .text()))
                            .isEqualTo(refused(Refusal.FORGED_TOKEN));
                    assertThat(judge(AccessToken.sign(pump, expiry, row.getBytes(2))
                                    .text()))
                            .isEqualTo(refused(Refusal.FORGED_TOKEN));
                    return true;
                })
                .list();
        assertThat(judge(AccessToken.sign(pump, expiry, secret.getBytes(StandardCharsets.UTF_8))
                        .text()))
                .isEqualTo(refused(Refusal.FORGED_TOKEN));
    }

    @Test
    void aSealedKeyIsOfNoUseAtAnotherDevice() {
        api.put("/api/v1/devices/valve", "{}");
        api.post("/api/v1/devices/valve/credentials", "{\"kind\":\"secret\"}");
        jdbc.sql("""
                        UPDATE credential SET sealed_token_key = (SELECT sealed_token_key FROM credential
                                                                  WHERE tenant = :tenant AND device = 'pump')
                        WHERE tenant = :tenant AND device = 'valve'""").param("tenant", pump.tenant().value()).update();
        DeviceAddress valve = DeviceAddress.of(pump.tenant().value(), "valve");
        assertThat(signIn.judge(valve.toString(), token(valve, Instant.now().plusSeconds(60), secret)))
                .isEqualTo(refused(Refusal.FORGED_TOKEN));
    }

    @Test
    void aSecretFromBeforeThereWereTokensIsStillOne() {
        jdbc.sql("UPDATE credential SET sealed_token_key = NULL WHERE tenant = ?")
                .param(pump.tenant().value())
                .update();
        assertThat(ask(secret)).isEqualTo("allow");
        assertThat(judge(token(pump, Instant.now().plusSeconds(60), secret))).isEqualTo(refused(Refusal.FORGED_TOKEN));
        assertThat(api.get(CREDENTIALS).json().at("/items/0/signsTokens").asBoolean())
                .isFalse();
    }

    @Test
    void whatOnlyBeginsLikeATokenIsRefusedBeforeAnythingIsComputed() {
        assertThat(judge("SharedAccessSignature " + "x".repeat(60_000))).isEqualTo(refused(Refusal.MALFORMED_TOKEN));
        assertThat(judge("SharedAccessSignature sr=" + pump + "&se=9999999999&sig="))
                .isEqualTo(refused(Refusal.MALFORMED_TOKEN));
    }

    /** Runs the commands of docs/device-protocol.md and compares what comes out with what the page says. */
    @Test
    void theExampleInTheDocumentationIsTrue() throws Exception {
        String page = Files.readString(Path.of("..", "docs", "device-protocol.md"));
        Matcher example = Pattern.compile("```sh\n(SECRET=.*?)```\n\n```text\n(.*?)\n```", Pattern.DOTALL)
                .matcher(page);
        assertThat(example.find()).isTrue();
        Process shell = new ProcessBuilder("bash", "-euc", example.group(1))
                .redirectErrorStream(true)
                .start();
        String printed = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();

        assertThat(printed).isEqualTo(example.group(2));
        assertThat(AccessToken.parse(printed)).hasValueSatisfying(token -> {
            assertThat(token.device()).hasToString("pump-17@acme");
            assertThat(token.isSignedWith(AccessToken.key("3q2-7wABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhs")))
                    .isTrue();
        });
    }

    private String newSecret() {
        return api.post(CREDENTIALS, "{\"kind\":\"secret\"}")
                .json()
                .at("/secret")
                .asString();
    }

    private static String token(DeviceAddress device, Instant expiry, String secret) {
        return AccessToken.sign(device, expiry, AccessToken.key(secret)).text();
    }

    private Verdict judge(String password) {
        return signIn.judge(pump.toString(), password);
    }

    private static Verdict refused(Refusal reason) {
        return new Verdict.Refused(reason);
    }

    private String ask(String password) {
        String name = pump.toString();
        return api.ask("user", Map.of("username", name, "client_id", name, "password", password, "vhost", "/"));
    }
}
