package io.warren.registry.messagegateway;

import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
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
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.Closer;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * HTTP to addresses that tenants choose: to reachable ones only, without following anybody elsewhere, and with an end to
 * everything. Of an answer only the status and how long to wait are looked at.
 */
@Component
class WebhookClient {

    private static final Timeout CONNECT = Timeout.ofSeconds(5);
    private static final Timeout SILENCE = Timeout.ofSeconds(8);

    /** However slowly an answer trickles in. */
    private static final Timeout WHOLE_EXCHANGE = Timeout.ofSeconds(12);

    private static final int MOST_CONNECTIONS = 1_000;
    private static final int MOST_CONNECTIONS_TO_A_HOST = 10;
    private static final int LONGEST_LINE = 8 * 1024;
    private static final int MOST_HEADERS = 100;

    private final ScheduledExecutorService deadlines = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("webhook-deadlines").factory());
    private final CloseableHttpClient http;
    private final JsonMapper json;
    private final Clock clock;

    WebhookClient(ReachableAddresses addresses, GatewayTls tls, JsonMapper json, Clock clock) {
        this.json = json;
        this.clock = clock;
        this.http = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(addresses)
                        .setTlsSocketStrategy(new DefaultClientTlsStrategy(tls.context()))
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
     * Posts a body as JSON, signed: {@code Warren-Signature: t={seconds since 1970},v1={HMAC-SHA256 over t, a dot and the body}}.
     *
     * @param idempotencyKey the same for the same message sent again
     */
    Answer post(String url, String secret, String idempotencyKey, Object body) throws IOException {
        byte[] bytes = json.writeValueAsBytes(body);
        HttpPost request = new HttpPost(url);
        request.setEntity(new ByteArrayEntity(bytes, ContentType.APPLICATION_JSON));
        request.setHeader("Idempotency-Key", idempotencyKey);
        request.setHeader("Warren-Signature", signature(secret, clock.instant().getEpochSecond(), bytes));
        ScheduledFuture<?> deadline =
                deadlines.schedule(() -> request.abort(), WHOLE_EXCHANGE.toMilliseconds(), TimeUnit.MILLISECONDS);
        try {
            ClassicHttpResponse response = http.executeOpen(null, request, null);
            Header retryAfter = response.getFirstHeader("Retry-After");
            Answer answer = new Answer(response.getCode(), retryAfter == null ? null : retryAfter.getValue());
            if (response.getEntity() != null) {
                request.abort(); // or closing would read the body to its end, which may never come
            }
            Closer.closeQuietly(response);
            return answer;
        } finally {
            deadline.cancel(false);
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

    @PreDestroy
    void close() throws IOException {
        deadlines.shutdownNow();
        http.close();
    }

    /**
     * What is looked at of an answer.
     *
     * @param status its status code
     * @param retryAfter its header of that name
     */
    record Answer(int status, @Nullable String retryAfter) {}
}
