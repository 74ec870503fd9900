package io.warren.platform.webhook;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.Closer;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * HTTP to addresses that tenants choose: to reachable ones only, without following anybody elsewhere, and with an end to
 * everything. Requests are signed, {@code Warren-Signature: t={seconds since 1970},v1={HMAC-SHA256 over t, a dot and the body}},
 * so that whoever gets them knows whom they come from and when they were sent.
 */
public final class WebhookClient implements AutoCloseable {

    /** How many bytes of an answer are read at most. */
    public static final int LONGEST_ANSWER = 16 * 1024;

    private static final Timeout CONNECT = Timeout.ofSeconds(5);
    private static final Timeout SILENCE = Timeout.ofSeconds(8);

    /** However slowly an answer trickles in. */
    private static final Duration WHOLE_EXCHANGE = Duration.ofSeconds(12);

    private static final int MOST_CONNECTIONS = 1_000;

    /** Several tenants may use the same host: what one of them has under way there must leave room for the others. */
    private static final int MOST_CONNECTIONS_TO_A_HOST = 200;

    private static final int LONGEST_LINE = 8 * 1024;
    private static final int MOST_HEADERS = 100;

    private final CloseableHttpClient http;
    private final JsonMapper json;
    private final Clock clock;

    /**
     * A client.
     *
     * @param addresses where it may connect to
     * @param authorities where the certificates of those that it talks to may come from
     */
    public WebhookClient(ReachableAddresses addresses, TrustedAuthorities authorities, JsonMapper json, Clock clock) {
        this.json = json;
        this.clock = clock;
        this.http = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(addresses)
                        .setTlsSocketStrategy(new DefaultClientTlsStrategy(authorities.context()))
                        .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                                .http1Config(Http1Config.custom()
                                        .setMaxLineLength(LONGEST_LINE)
                                        .setMaxHeaderCount(MOST_HEADERS)
                                        .build())
                                .build())
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(CONNECT)
                                .setSocketTimeout(SILENCE)
                                .build())
                        .setMaxConnTotal(MOST_CONNECTIONS)
                        .setMaxConnPerRoute(MOST_CONNECTIONS_TO_A_HOST)
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(CONNECT)
                        .setResponseTimeout(SILENCE)
                        .build())
                .setUserAgent("Warren")
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .build();
    }

    /**
     * Posts a body as JSON. Of the answer only the status and how long to wait are looked at.
     *
     * @param secret what the request is signed with
     * @param idempotencyKey the same for the same message sent again
     * @throws WebhookFailure if there is no answer
     */
    public WebhookAnswer post(String url, String secret, String idempotencyKey, Object body) throws WebhookFailure {
        return exchange(request(url, secret, idempotencyKey, body), false, WHOLE_EXCHANGE);
    }

    /**
     * Posts a body as JSON and reads the JSON of the answer, up to {@value #LONGEST_ANSWER} bytes.
     *
     * @param secret what the request is signed with
     * @param idempotencyKey the same for the same question asked again
     * @param within how long all of it may take
     * @throws WebhookFailure if there is no answer in this time, or one of success that is no JSON
     */
    public WebhookAnswer ask(String url, String secret, String idempotencyKey, Object body, Duration within)
            throws WebhookFailure {
        return exchange(request(url, secret, idempotencyKey, body), true, within);
    }

    private HttpPost request(String url, String secret, String idempotencyKey, Object body) {
        byte[] bytes = json.writeValueAsBytes(body);
        HttpPost request = new HttpPost(url);
        request.setEntity(new ByteArrayEntity(bytes, ContentType.APPLICATION_JSON));
        request.setHeader("Idempotency-Key", idempotencyKey);
        request.setHeader("Warren-Signature", signature(secret, clock.instant().getEpochSecond(), bytes));
        return request;
    }

    /** On a thread of its own: looking up a host cannot be broken off, but it need not be waited for. */
    private WebhookAnswer exchange(HttpPost request, boolean read, Duration within) throws WebhookFailure {
        FutureTask<WebhookAnswer> exchange = new FutureTask<>(() -> exchange(request, read));
        Thread.startVirtualThread(exchange);
        try {
            return exchange.get(within.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw WebhookFailure.late();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new WebhookFailure("interrupted");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException cause) {
                throw WebhookFailure.of(cause);
            }
            throw new IllegalStateException(e.getCause());
        } finally {
            request.abort(); // of what has ended already it breaks off nothing
        }
    }

    private WebhookAnswer exchange(HttpPost request, boolean read) throws IOException {
        ClassicHttpResponse response = http.executeOpen(null, request, null);
        try {
            Header retryAfter = response.getFirstHeader("Retry-After");
            WebhookAnswer answer =
                    new WebhookAnswer(response.getCode(), retryAfter == null ? null : retryAfter.getValue(), null);
            return read && answer.isSuccess()
                    ? new WebhookAnswer(answer.status(), answer.retryAfter(), json(response.getEntity()))
                    : answer;
        } finally {
            if (response.getEntity() != null) {
                request.abort(); // or closing would read the body to its end, which may never come
            }
            Closer.closeQuietly(response);
        }
    }

    private @Nullable JsonNode json(@Nullable HttpEntity entity) throws IOException {
        if (entity == null) {
            return null;
        }
        byte[] bytes = entity.getContent().readNBytes(LONGEST_ANSWER + 1);
        if (bytes.length > LONGEST_ANSWER) {
            throw new WebhookFailure("the answer has more than " + LONGEST_ANSWER + " bytes");
        }
        try {
            return bytes.length == 0 ? null : json.readTree(bytes);
        } catch (JacksonException e) {
            throw new WebhookFailure("the answer is no JSON");
        }
    }

    private static String signature(String secret, long seconds, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            mac.update((seconds + ".").getBytes(StandardCharsets.US_ASCII));
            return "t=" + seconds + ",v1=" + HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java runtime has HMAC-SHA256", e);
        }
    }

    @Override
    public void close() throws IOException {
        http.close();
    }
}
