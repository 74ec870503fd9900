package io.warren.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.warren.testing.backing.Backed;
import io.warren.testing.tls.TestCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import org.apache.catalina.connector.Connector;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole gateway on free ports, with TLS, its own database and four services that are not ours. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@Backed
public abstract class RunningGateway {

    /** The platform administrator's key. */
    protected static final String BOOTSTRAP_KEY = "Ym9vdHN0cmFwLWtleS1mb3ItdGVzdHMtb25seS0wMDE=";

    protected static final Upstream REGISTRY = new Upstream("registry");
    protected static final Upstream PROVISIONING = new Upstream("provisioning");
    protected static final Upstream FIRMWARE = new Upstream("firmware");
    protected static final Upstream TELEMETRY = new Upstream("telemetry");

    protected static final TestCertificate CERTIFICATE = TestCertificate.generate();
    protected static final JsonMapper JSON = JsonMapper.shared();

    private static final HttpClient HTTP =
            HttpClient.newBuilder().sslContext(CERTIFICATE.trust()).build();

    @Autowired
    private WebServerApplicationContext context;

    @DynamicPropertySource
    static void configure(DynamicPropertyRegistry registry) {
        registry.add("warren.access.bootstrap-key", () -> BOOTSTRAP_KEY);
        registry.add("warren.http.port", () -> "0");
        registry.add("WARREN_TLS_CERTIFICATE", () -> CERTIFICATE.certificate().toString());
        registry.add("WARREN_TLS_KEY", () -> CERTIFICATE.key().toString());
        registry.add("WARREN_REGISTRY_URL", REGISTRY::url);
        registry.add("WARREN_PROVISIONING_URL", PROVISIONING::url);
        registry.add("WARREN_FIRMWARE_URL", FIRMWARE::url);
        registry.add("WARREN_TELEMETRY_URL", TELEMETRY::url);
        registry.add("warren.routing.response-timeout", () -> "1s");
    }

    @BeforeEach
    void resetServices() {
        REGISTRY.reset();
        PROVISIONING.reset();
        FIRMWARE.reset();
        TELEMETRY.reset();
    }

    /** The port with TLS. */
    protected int securePort() {
        return connector(true).getLocalPort();
    }

    /** The port without. */
    protected int plainPort() {
        return connector(false).getLocalPort();
    }

    /** A request over TLS, without a key. */
    protected HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("https://localhost:" + securePort() + path));
    }

    /** A request over TLS with a key. */
    protected HttpRequest.Builder request(String key, String path) {
        return request(path).header("Authorization", "Bearer " + key);
    }

    /** A request to the plain port. */
    protected HttpRequest.Builder plainRequest(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + plainPort() + path));
    }

    /** Sends a request. */
    protected static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }

    /** A JSON body. */
    protected static HttpRequest.Builder post(HttpRequest.Builder request, String json) {
        return request.header("Content-Type", "application/json").POST(BodyPublishers.ofString(json));
    }

    /** Makes a key of a tenant, or of the platform if it is null, and returns what its holder has. */
    protected String issue(@Nullable String tenant, String role) throws IOException, InterruptedException {
        HttpRequest.Builder request = request(BOOTSTRAP_KEY, "/api/v1/api-keys");
        if (tenant != null) {
            request.header("Warren-Tenant", tenant);
        }
        HttpResponse<String> response = send(post(request, """
                {"name": "a test's", "role": "%s"}""".formatted(role)));
        if (response.statusCode() != 201) {
            throw new AssertionError(response.body());
        }
        return json(response).get("key").stringValue();
    }

    /** The body of an answer. */
    protected static JsonNode json(HttpResponse<String> response) {
        return JSON.readTree(response.body());
    }

    /** Sends bytes to the plain port and returns all that comes back until the gateway hangs up. */
    protected String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), plainPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    /** An answer is a problem of ours and nothing else. */
    protected static void assertProblem(HttpResponse<String> response, int status, String kind) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("content-type")).hasValue("application/problem+json");
        JsonNode body = json(response);
        assertThat(body.get("type").stringValue()).isEqualTo("urn:warren:problem:" + kind);
        assertThat(body.get("status").intValue()).isEqualTo(status);
        assertThat(body.get("traceId").stringValue()).matches("[0-9a-f]{32}");
    }

    private Connector connector(boolean secure) {
        TomcatWebServer server = (TomcatWebServer) Objects.requireNonNull(context.getWebServer());
        return Arrays.stream(server.getTomcat().getService().findConnectors())
                .filter(connector -> connector.getSecure() == secure)
                .findFirst()
                .orElseThrow();
    }
}
