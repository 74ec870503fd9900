package io.warren.simulator.enrollment;

import io.warren.simulator.installation.Installation;
import io.warren.simulator.installation.Trust;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLSocket;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Bootstrap over HTTPS for many devices in one process. Each request has a connection of its own with a whole TLS handshake, as a
 * device's would: nothing is resumed and nothing shared.
 */
public final class BootstrapDoor implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Timeout CONNECT = Timeout.ofSeconds(10);
    private static final Timeout ANSWER = Timeout.ofSeconds(60);
    private static final Timeout TURN = Timeout.ofMinutes(10);

    private final URI address;
    private final String tenant;
    private final CloseableHttpClient http;

    /**
     * For devices of the installation's tenant.
     *
     * @param atOnce how many requests may be under way; others wait for their turn
     */
    public BootstrapDoor(Installation installation, int atOnce) {
        this.address = installation.httpsUrl().resolve("/bootstrap/v1/register");
        this.tenant = installation.tenant();
        this.http = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setTlsSocketStrategy((socket, target, port, attachment, context) ->
                                handshake(installation.trust(), socket, target, port, attachment, context))
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(CONNECT)
                                .setSocketTimeout(ANSWER)
                                .build())
                        .setMaxConnTotal(atOnce)
                        .setMaxConnPerRoute(atOnce)
                        .build())
                .setConnectionReuseStrategy((_, _, _) -> false)
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(TURN)
                        .setResponseTimeout(ANSWER)
                        .build())
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .build();
    }

    /** A context for each: sessions are resumed within one. */
    private static SSLSocket handshake(
            Trust trust, Socket socket, String target, int port, @Nullable Object attachment, HttpContext context)
            throws IOException {
        return new DefaultClientTlsStrategy(trust.sslContext()).upgrade(socket, target, port, attachment, context);
    }

    /**
     * Knocks once.
     *
     * @throws IOException if nobody answers
     */
    public Answer knock(FactoryDevice device) throws IOException {
        HttpPost post = new HttpPost(address);
        post.setEntity(
                new ByteArrayEntity(JSON.writeValueAsBytes(device.request(tenant)), ContentType.APPLICATION_JSON));
        return http.execute(post, response -> {
            byte[] body = EntityUtils.toByteArray(response.getEntity());
            return new Answer(response.getCode(), retryAfter(response.getFirstHeader("Retry-After")), read(body));
        });
    }

    private static @Nullable Duration retryAfter(@Nullable Header header) {
        return header == null || !header.getValue().matches("\\d{1,6}")
                ? null
                : Duration.ofSeconds(Long.parseLong(header.getValue()));
    }

    private static JsonNode read(byte @Nullable [] body) {
        try {
            return JSON.readTree(body == null ? new byte[0] : body);
        } catch (JacksonException e) {
            return JSON.valueToTree(Map.of());
        }
    }

    @Override
    public void close() throws IOException {
        http.close();
    }

    /**
     * What the device is told.
     *
     * @param status of HTTP
     * @param retryAfter when to come back, if it is asked to
     * @param body JSON
     */
    public record Answer(int status, @Nullable Duration retryAfter, JsonNode body) {

        /** Whether the device has its identity now: not so if it is told to go to another platform. */
        public boolean isRegistered() {
            return status == 200 && !isAssigned();
        }

        /** Whether the device is to come again: when it is told to, or where the service fails, after a time of its own. */
        public boolean isPutOff() {
            return retryAfter != null || status == 429 || status >= 500;
        }

        /** What a problem says, or where else the device belongs. */
        public String detail() {
            return isAssigned()
                    ? "belongs to " + body.at("/platform/url").asString("")
                    : status + " " + body.path("detail").asString("");
        }

        private boolean isAssigned() {
            return body.path("status").asString("").equals("assigned");
        }
    }
}
