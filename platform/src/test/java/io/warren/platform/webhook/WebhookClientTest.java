package io.warren.platform.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.warren.testing.tls.TestCertificate;
import io.warren.testing.webhook.WebhookReceiver;
import io.warren.testing.webhook.WebhookReceiver.Received;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class WebhookClientTest {

    private static final String SECRET = "sixteen-characters";
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochSecond(1_795_276_800), ZoneOffset.UTC);
    private static final Map<String, String> BODY = Map.of("device", "pump-17");
    private static final CountDownLatch END = new CountDownLatch(1);

    private final WebhookReceiver receiver = new WebhookReceiver();
    private WebhookClient client;

    @BeforeEach
    void make() {
        client = client(WebhookReceiver.certificate(), "127.0.0.0/8", "::1/128");
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        receiver.close();
    }

    @AfterAll
    static void letGo() {
        END.countDown();
    }

    @Test
    void whatIsAskedIsSignedAndTheAnswerIsRead() throws Exception {
        String url = receiver.at(
                "/ok", exchange -> WebhookReceiver.answer(exchange, 200, "{\"decision\":\"allow\",\"rest\":1.50}"));
        WebhookAnswer answer = client.ask(url, SECRET, "key-1", BODY, SOON);
        assertThat(answer.isSuccess()).isTrue();
        assertThat(answer.body()).isEqualTo(JsonMapper.shared().readTree("{\"decision\":\"allow\",\"rest\":1.50}"));
        Received received = receiver.received().getFirst();
        assertThat(received.text()).isEqualTo("{\"device\":\"pump-17\"}");
        assertThat(received.idempotencyKey()).isEqualTo("key-1");
        assertThat(received.signature()).isEqualTo("t=1795276800,v1=" + hmac("1795276800." + received.text()));
    }

    @Test
    void aConnectionIsUsedAgain() throws Exception {
        String url = receiver.at(
                "/port",
                exchange -> WebhookReceiver.answer(
                        exchange, 200, "" + exchange.getRemoteAddress().getPort()));
        WebhookAnswer first = client.ask(url, SECRET, "1", BODY, SOON);
        WebhookAnswer second = client.ask(url, SECRET, "2", BODY, SOON);
        assertThat(second.body()).isNotNull().isEqualTo(first.body());
    }

    @Test
    void ofWhatIsPostedTheAnswerIsNotRead() throws Exception {
        String url = receiver.at("/endless", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            while (END.getCount() > 0) {
                exchange.getResponseBody().write(new byte[8_192]);
            }
        });
        assertThat(client.post(url, SECRET, "1", BODY)).isEqualTo(new WebhookAnswer(200, null, null));
        failsWith("the answer has more than 16384 bytes", url);
    }

    @Test
    void anAnswerThatIsNoJsonIsNone() {
        failsWith(
                "the answer is no JSON",
                receiver.at("/page", exchange -> WebhookReceiver.answer(exchange, 200, "<html>")));
    }

    @Test
    void anAnswerMayBeEmpty() throws Exception {
        String url = receiver.at("/empty", exchange -> WebhookReceiver.answer(exchange, 204, ""));
        assertThat(client.ask(url, SECRET, "1", BODY, SOON)).isEqualTo(new WebhookAnswer(204, null, null));
    }

    @Test
    void whoDoesNotAnswerOrTricklesIsWaitedForSoLongAndNoLonger() {
        String silent = receiver.at("/silent", _ -> await());
        String slow = receiver.at("/slow", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            while (END.getCount() > 0) {
                exchange.getResponseBody().write(' ');
                exchange.getResponseBody().flush();
                pause();
            }
        });
        for (String url : List.of(silent, slow)) {
            long begin = System.nanoTime();
            assertThatExceptionOfType(WebhookFailure.class)
                    .isThrownBy(() -> client.ask(url, SECRET, "1", BODY, Duration.ofMillis(300)))
                    .withMessage("no answer in time");
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(3));
        }
    }

    @Test
    void nobodyIsFollowedElsewhere() throws Exception {
        receiver.at("/there", exchange -> WebhookReceiver.answer(exchange, 200, "{}"));
        String url = receiver.at("/here", exchange -> {
            exchange.getResponseHeaders().set("Location", "/there");
            WebhookReceiver.answer(exchange, 307, "");
        });
        assertThat(client.ask(url, SECRET, "1", BODY, SOON).status()).isEqualTo(307);
        assertThat(receiver.received("/there")).isEmpty();
    }

    @Test
    void whoIsBusySaysForHowLong() throws Exception {
        String url = receiver.at("/busy", exchange -> {
            exchange.getResponseHeaders().set("Retry-After", "600");
            WebhookReceiver.answer(exchange, 503, "");
        });
        WebhookAnswer answer = client.ask(url, SECRET, "1", BODY, SOON);
        assertThat(answer.isBusy()).isTrue();
        assertThat(answer.pause()).isEqualTo(Duration.ofMinutes(10));
        assertThat(new WebhookAnswer(503, null, null).isBusy()).isFalse();
        assertThat(new WebhookAnswer(429, "Fri, 31 Dec 2027 23:59:59 GMT", null).pause())
                .isEqualTo(Duration.ofSeconds(30));
        assertThat(new WebhookAnswer(429, "999999999", null).pause()).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void aPrivateAddressIsNotConnectedToWhateverItIsCalled() throws IOException {
        String url = receiver.at("/ok", exchange -> WebhookReceiver.answer(exchange, 200, "{}"));
        client.close();
        client = client(WebhookReceiver.certificate());
        failsWith("the host has no address that may be connected to", url);
        assertThat(receiver.received()).isEmpty();
    }

    @Test
    void aHostThatDoesNotExistIsToldOfAsSuch() {
        failsWith("the host has no address", "https://nowhere.invalid/");
    }

    @Test
    void aCertificateThatNobodyTrustsIsNotBelieved() throws IOException {
        String url = receiver.at("/ok", exchange -> WebhookReceiver.answer(exchange, 200, "{}"));
        client.close();
        client = client(TestCertificate.generate().certificate(), "127.0.0.0/8", "::1/128");
        failsWith("no connection: SSLHandshakeException", url);
        assertThat(receiver.received()).isEmpty();
    }

    private void failsWith(String reason, String url) {
        assertThatExceptionOfType(WebhookFailure.class)
                .isThrownBy(() -> client.ask(url, SECRET, "1", BODY, SOON))
                .extracting(WebhookFailure::reason)
                .isEqualTo(reason);
    }

    private static WebhookClient client(Path certificate, String... allowed) {
        return new WebhookClient(
                new ReachableAddresses(
                        List.of(allowed).stream().map(Network::new).toList()),
                TrustedAuthorities.of(certificate),
                JsonMapper.shared(),
                CLOCK);
    }

    private static String hmac(String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static void await() {
        try {
            END.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
