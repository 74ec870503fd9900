package io.warren.registry.wakechannel;

import static org.assertj.core.api.Assertions.assertThat;

import io.warren.registry.Api;
import io.warren.registry.RegistryTest;
import io.warren.testing.backing.TestTokens;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

@RegistryTest
class WakeUpChannelApiTest {

    private static final String SECRET = "a-secret-that-nobody-is-shown";
    private static final String PASSWORD = "pa55word";
    private static final String WEBHOOK = """
            {"name":"SMS","messagesPerSecond":5,
             "webhook":{"url":"https://sms.example.com/send?v=1","secret":"%s"}}""".formatted(SECRET);
    private static final String SMPP = """
            {"smpp":{"host":"smsc.example.com","port":3550,"systemId":"warren","password":"%s",
             "sourceAddress":"12345","sourceTon":3}}""".formatted(PASSWORD);

    @Autowired
    TestTokens tokens;

    @Autowired
    JdbcClient jdbc;

    @LocalServerPort
    int port;

    Api api;

    @BeforeEach
    void connect() {
        api = Api.asPlatformAdmin(port, tokens).withTenant("channels");
    }

    @Test
    void aChannelIsMadeAndReadBackWithoutItsSecret() {
        Api.Answer made = api.put(path("made"), WEBHOOK);
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.eTag()).isEqualTo("\"1\"");
        assertThat(made.json().at("/kind").asString()).isEqualTo("webhook");
        assertThat(made.json().at("/webhook/url").asString()).isEqualTo("https://sms.example.com/send?v=1");

        api.put(path("centre"), SMPP);
        var smpp = api.get(path("centre")).json();
        assertThat(smpp.at("/kind").asString()).isEqualTo("smpp");
        assertThat(smpp.at("/smpp/tls").asBoolean()).isTrue();
        assertThat(smpp.at("/messagesPerSecond").intValue()).isEqualTo(10);

        for (Api.Answer answer : List.of(
                made,
                api.get(path("made")),
                api.get(path("centre")),
                api.get("/api/v1/wake-up-channels"),
                api.patch(path("made"), "{\"messagesPerSecond\":6}"))) {
            assertThat(answer.status()).isBetween(200, 201);
            assertThat(answer.text()).doesNotContain(SECRET, PASSWORD);
        }
    }

    @Test
    void noSecretIsInTheDatabaseAsItIs() {
        api.put(path("kept"), WEBHOOK);
        api.put(path("kept-centre"), SMPP);
        assertThat(jdbc.sql("""
                                SELECT count(*) FROM wake_up_channel
                                WHERE tenant = 'channels' AND position(? IN settings::text) = 0
                                  AND position(? IN settings::text) = 0
                                  AND position(convert_to(?, 'UTF8') IN sealed_secret) = 0
                                  AND position(convert_to(?, 'UTF8') IN sealed_secret) = 0
                                  AND id IN ('kept', 'kept-centre')""")
                        .params(SECRET, PASSWORD, SECRET, PASSWORD)
                        .query(Integer.class)
                        .single())
                .isEqualTo(2);
    }

    @Test
    void aSecretStaysUnlessItIsSaidAgainAndGoesNowhereElse() {
        api.put(path("moved"), SMPP);
        assertThat(api.patch(path("moved"), "{\"smpp\":{\"sourceAddress\":\"54321\"}}")
                        .status())
                .isEqualTo(200);

        for (String elsewhere : List.of(
                "{\"smpp\":{\"host\":\"evil.example.com\"}}",
                "{\"smpp\":{\"port\":2775}}",
                "{\"smpp\":{\"tls\":false}}",
                "{\"smpp\":{\"systemId\":\"me\"}}")) {
            Api.Answer refused = api.patch(path("moved"), elsewhere);
            assertThat(refused.status()).as(elsewhere).isEqualTo(422);
            assertThat(refused.json().at("/errors/0/pointer").asString()).isEqualTo("/smpp/password");
        }
        assertThat(api.patch(path("moved"), "{\"smpp\":{\"port\":2775,\"password\":\"other\"}}")
                        .status())
                .isEqualTo(200);

        api.put(path("hook"), WEBHOOK);
        assertThat(api.patch(path("hook"), "{\"webhook\":{\"url\":\"https://evil.example.com/\"}}")
                        .status())
                .isEqualTo(422);
        assertThat(api.patch(path("hook"), "{\"webhook\":null,\"smpp\":{\"host\":\"a\",\"port\":1,\"systemId\":\"b\"}}")
                        .status())
                .isEqualTo(422);
    }

    @Test
    void aNewChannelNeedsItsSecret() {
        Api.Answer refused = api.put(path("none"), "{\"webhook\":{\"url\":\"https://sms.example.com/\"}}");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().at("/errors/0/pointer").asString()).isEqualTo("/webhook/secret");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | /webhook",
                "{'webhook':{'url':'http://sms.example.com/','secret':'0123456789abcdef'}} | /webhook/url",
                "{'webhook':{'url':'https://u:p@sms.example.com/','secret':'0123456789abcdef'}} | /webhook/url",
                "{'webhook':{'url':'https:///','secret':'0123456789abcdef'}} | /webhook/url",
                "{'webhook':{'url':'file:///etc/passwd','secret':'0123456789abcdef'}} | /webhook/url",
                "{'webhook':{'url':'https://sms.example.com/','secret':'short'}} | /webhook/secret",
                "{'smpp':{'host':'a b','port':1,'systemId':'a','password':'b'}} | /smpp/host",
                "{'smpp':{'host':'a','port':0,'systemId':'a','password':'b'}} | /smpp/port",
                "{'smpp':{'host':'a','port':1,'systemId':'a','password':'123456789'}} | /smpp/password",
                "{'smpp':{'host':'a','port':1,'systemId':'a','password':'b','sourceNpi':2}} | /smpp/sourceNpi",
                "{'messagesPerSecond':0,'webhook':{'url':'https://a/','secret':'0123456789abcdef'}} | /messagesPerSecond"
            })
    void whatIsNoChannelIsRefusedWithItsPlace(String body, String pointer) {
        Api.Answer refused = api.put(path("bad"), body.replace('\'', '"'));
        assertThat(refused.status()).as(refused.text()).isEqualTo(422);
        assertThat(refused.json().at("/errors/0/pointer").asString()).isEqualTo(pointer);
        assertThat(refused.text()).doesNotContain("0123456789abcdef");
    }

    @Test
    void anotherTenantsChannelDoesNotExist() {
        api.put(path("mine"), WEBHOOK);
        Api other = api.withTenant("other-channels");
        assertThat(other.get(path("mine")).problem()).isEqualTo("wake-up-channel-not-found");
        assertThat(other.patch(path("mine"), "{}").status()).isEqualTo(404);
        assertThat(other.delete(path("mine")).status()).isEqualTo(404);

        Api.Answer refused = other.put(
                "/api/v1/device-types/thief", "{\"wakeUp\":{\"channel\":\"mine\",\"address\":\"identifiers.msisdn\"}}");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().at("/errors/0/pointer").asString()).isEqualTo("/wakeUp/channel");
    }

    @Test
    void channelsAreForIntegrators() {
        api.put(path("guarded"), WEBHOOK);
        Api operator = api.as("channels", "operator");
        assertThat(operator.get(path("guarded")).status()).isEqualTo(403);
        assertThat(operator.put(path("guarded"), WEBHOOK).status()).isEqualTo(403);
    }

    @Test
    void aChannelThatATypeNamesIsKept() {
        api.put(path("named"), WEBHOOK);
        Api.Answer type = api.put(
                "/api/v1/device-types/sleeper",
                "{\"wakeUp\":{\"channel\":\"named\",\"address\":\"identifiers.msisdn\"}}");
        assertThat(type.json().at("/wakeUp/channel").asString()).isEqualTo("named");
        assertThat(api.delete(path("named")).problem()).isEqualTo("wake-up-channel-in-use");

        api.patch("/api/v1/device-types/sleeper", "{\"wakeUp\":null}");
        assertThat(api.delete(path("named")).status()).isEqualTo(204);
        assertThat(api.get(path("named")).status()).isEqualTo(404);
    }

    @Test
    void aLostUpdateIsRefused() {
        api.put(path("versioned"), WEBHOOK);
        assertThat(api.patch(path("versioned"), "{\"name\":\"New\"}", "If-Match", "\"1\"")
                        .eTag())
                .isEqualTo("\"2\"");
        assertThat(api.patch(path("versioned"), "{\"name\":\"Newer\"}", "If-Match", "\"1\"")
                        .status())
                .isEqualTo(412);
    }

    private static String path(String channel) {
        return "/api/v1/wake-up-channels/" + channel;
    }
}
