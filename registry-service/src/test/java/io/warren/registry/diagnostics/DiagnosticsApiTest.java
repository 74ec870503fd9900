package io.warren.registry.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;

import io.warren.contracts.device.DeviceAddress;
import io.warren.registry.Api;
import io.warren.registry.RegistryTest;
import io.warren.testing.backing.TestTokens;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

@RegistryTest
class DiagnosticsApiTest {

    private static final String DIAGNOSTICS = "/api/v1/devices/pump/diagnostics";
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Autowired
    TestTokens tokens;

    @Autowired
    UploadAddresses addresses;

    @Autowired
    JdbcClient jdbc;

    @LocalServerPort
    int port;

    private final String tenant = "d-" + UUID.randomUUID().toString().substring(0, 8);
    Api integrator;
    Api operator;
    Api viewer;
    Api device;

    @BeforeEach
    void makeDevices() {
        integrator = Api.asPlatformAdmin(port, tokens).withTenant(tenant);
        operator = integrator.as(tenant, "operator");
        viewer = integrator.as(tenant, "viewer");
        device = integrator.asDevice("pump", tenant);
        integrator.put("/api/v1/devices/pump", "{}");
        integrator.put("/api/v1/devices/valve", "{}");
    }

    @Test
    void aDeviceIsToldWhereToSendItsBundleAndWhoeverAskedFetchesIt() throws Exception {
        Api.Answer asked = operator.post(DIAGNOSTICS, "{\"args\":{\"level\":\"debug\"},\"maximumBytes\":1000}");
        String bundle = asked.headers().firstValue("Location").orElseThrow();
        assertThat(asked.status()).isEqualTo(201);
        assertThat(asked.json().at("/status").asString()).isEqualTo("requested");

        JsonNode command = device.get("/device/v1/commands").json().at("/items/0");
        JsonNode upload = command.at("/args/upload");
        assertThat(command.at("/name").asString()).isEqualTo("diagnostics");
        assertThat(command.at("/id")).isEqualTo(asked.json().at("/command"));
        assertThat(command.at("/args/level").asString()).isEqualTo("debug");
        assertThat(upload.at("/method").asString()).isEqualTo("PUT");
        assertThat(upload.at("/maximumBytes").asLong()).isEqualTo(1000);
        assertThat(upload.at("/expiresAt").asString())
                .isEqualTo(asked.json().at("/expiresAt").asString());

        byte[] content = bytes(1000);
        assertThat(put(upload, BodyPublishers.ofByteArray(content), "application/gzip")
                        .statusCode())
                .isEqualTo(204);

        JsonNode received = viewer.get(bundle).json();
        assertThat(received.at("/status").asString()).isEqualTo("received");
        assertThat(received.at("/size").asLong()).isEqualTo(1000);
        assertThat(received.at("/sha256").asString()).isEqualTo(sha256(content));
        assertThat(received.at("/contentType").asString()).isEqualTo("application/gzip");
        HttpResponse<byte[]> fetched = fetch(bundle);
        assertThat(fetched.body()).isEqualTo(content);
        assertThat(fetched.headers().firstValue("Content-Disposition"))
                .hasValueSatisfying(value -> assertThat(value).startsWith("attachment"));
        assertThat(fetched.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(viewer.get("/api/v1/devices/pump/timeline?kind=diagnostics").text())
                .contains("received", sha256(content));
    }

    @Test
    void nobodyButTheDeviceSeesTheAddress() {
        operator.post(DIAGNOSTICS, "");
        device.get("/device/v1/commands");
        for (String path : new String[] {
            DIAGNOSTICS, "/api/v1/devices/pump/commands", "/api/v1/devices/pump/timeline", "/api/v1/devices/pump"
        }) {
            assertThat(integrator.get(path).text()).as(path).doesNotContain("upload", "/device/v1/");
        }
    }

    @Test
    void aBundleOf50MebibytesArrives() throws Exception {
        JsonNode upload = ask("");
        long size = 50L * 1024 * 1024;
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        try (InputStream noise = new Noise(size)) {
            noise.transferTo(new java.security.DigestOutputStream(java.io.OutputStream.nullOutputStream(), digest));
        }
        assertThat(put(upload, BodyPublishers.fromPublisher(BodyPublishers.ofInputStream(() -> new Noise(size)), size))
                        .statusCode())
                .isEqualTo(204);

        JsonNode bundle = viewer.get(DIAGNOSTICS).json().at("/items/0");
        assertThat(bundle.at("/size").asLong()).isEqualTo(size);
        assertThat(bundle.at("/sha256").asString()).isEqualTo(HexFormat.of().formatHex(digest.digest()));
        assertThat(sha256(fetch(DIAGNOSTICS + "/" + bundle.at("/id").asString()).body()))
                .isEqualTo(bundle.at("/sha256").asString());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aBundleThatIsTooLargeLeavesNothingBehind(boolean announced) throws Exception {
        JsonNode upload = ask("{\"maximumBytes\":600000}");
        BodyPublisher stream = BodyPublishers.ofInputStream(() -> new Noise(600_001));
        HttpResponse<String> refused = put(upload, announced ? BodyPublishers.fromPublisher(stream, 600_001) : stream);
        assertThat(refused.statusCode()).isEqualTo(413);
        assertThat(parts()).isZero();
        assertThat(status()).isEqualTo("requested");

        assertThat(put(upload, BodyPublishers.ofInputStream(() -> new Noise(600_000)))
                        .statusCode())
                .as("it is not used up by that")
                .isEqualTo(204);
    }

    @Test
    void whatWasSentBeforeMayBeSentAgainButNothingElse() throws Exception {
        JsonNode upload = ask("");
        byte[] content = bytes(300_000);
        for (int time = 0; time < 2; time++) {
            assertThat(put(upload, BodyPublishers.ofByteArray(content)).statusCode())
                    .isEqualTo(204);
        }
        content[299_999]++;
        HttpResponse<String> other = put(upload, BodyPublishers.ofByteArray(content));
        assertThat(other.statusCode()).isEqualTo(410);
        assertThat(other.body()).contains("upload-over");
        assertThat(parts()).isEqualTo(2);
    }

    @Test
    void anAddressIsGoodForItsDeviceAndItsTimeOnly() throws Exception {
        String url = ask("").at("/url").asString();
        UUID id =
                UUID.fromString(viewer.get(DIAGNOSTICS).json().at("/items/0/id").asString());
        Instant later = Instant.now().plusSeconds(60);
        DeviceAddress pump = DeviceAddress.of(tenant, "pump");
        String token = url.substring(url.lastIndexOf('/') + 1);

        assertThat(putTo(token.substring(0, token.length() - 1) + (token.endsWith("A") ? "B" : "A")))
                .isEqualTo(404);
        assertThat(putTo("x")).isEqualTo(404);
        assertThat(putTo(token + ".x")).isEqualTo(404);
        assertThat(putTo(token.substring(token.indexOf('.')))).isEqualTo(404);
        assertThat(putTo(new UploadGrant(pump, UUID.randomUUID(), later))).isEqualTo(404);
        assertThat(putTo(new UploadGrant(DeviceAddress.of(tenant, "valve"), id, later)))
                .isEqualTo(404);
        assertThat(putTo(new UploadGrant(DeviceAddress.of("other", "pump"), id, later)))
                .isEqualTo(404);
        assertThat(putTo(new UploadGrant(pump, id, Instant.now().minusSeconds(1))))
                .isEqualTo(410);
        assertThat(parts()).isZero();
        assertThat(putTo(token)).isEqualTo(204);
        assertThat(putTo(new UploadGrant(pump, id, Instant.now().minusSeconds(1))))
                .as("when the answer was lost")
                .isEqualTo(204);
    }

    @Test
    void anotherTenantSeesNothing() {
        ask("");
        String id = viewer.get(DIAGNOSTICS).json().at("/items/0/id").asString();
        String other = "d-" + UUID.randomUUID().toString().substring(0, 8);
        integrator.withTenant(other).put("/api/v1/devices/pump", "{}");
        Api stranger = integrator.as(other, "admin");
        assertThat(stranger.get(DIAGNOSTICS).json().at("/items").size()).isZero();
        assertThat(stranger.get(DIAGNOSTICS + "/" + id).status()).isEqualTo(404);
        assertThat(stranger.get(DIAGNOSTICS + "/" + id + "/content").status()).isEqualTo(404);
        assertThat(stranger.delete(DIAGNOSTICS + "/" + id).status()).isEqualTo(404);
        assertThat(viewer.get("/api/v1/devices/valve/diagnostics/" + id).status())
                .isEqualTo(404);
    }

    @Test
    void whatWasReceivedIsForOperators() throws Exception {
        JsonNode upload = ask("");
        String bundle = DIAGNOSTICS + "/"
                + viewer.get(DIAGNOSTICS).json().at("/items/0/id").asString();
        assertThat(operator.get(bundle + "/content").problem()).isEqualTo("diagnostics-not-found");
        put(upload, BodyPublishers.ofString("password=1234"));
        assertThat(viewer.get(bundle + "/content").status()).isEqualTo(403);
        assertThat(viewer.post(DIAGNOSTICS, "").status()).isEqualTo(403);
        assertThat(viewer.delete(bundle).status()).isEqualTo(403);
        assertThat(operator.delete(bundle).status()).isEqualTo(204);
        assertThat(operator.get(bundle).status()).isEqualTo(404);
        assertThat(parts()).isZero();
        assertThat(put(upload, BodyPublishers.ofString("x")).statusCode()).isEqualTo(404);
    }

    @Test
    void whoDeletesWhatHasNotComeCallsTheCommandOff() {
        ask("");
        JsonNode bundle = viewer.get(DIAGNOSTICS).json().at("/items/0");
        operator.delete(DIAGNOSTICS + "/" + bundle.at("/id").asString());
        assertThat(viewer.get("/api/v1/devices/pump/commands/"
                                + bundle.at("/command").asString())
                        .json()
                        .at("/state")
                        .asString())
                .isEqualTo("cancelled");
    }

    @Test
    void aDeviceThatCannotSaysSoInItsAnswer() {
        ask("");
        String command = viewer.get(DIAGNOSTICS).json().at("/items/0/command").asString();
        device.post("/device/v1/commands/" + command, "{\"status\":\"rejected\",\"error\":\"no disk\"}");
        assertThat(status()).isEqualTo("failed");
    }

    @Test
    void aTenantWhoseRoomIsFullIsToldSo() throws Exception {
        JsonNode upload = ask("{\"maximumBytes\":1000}");
        jdbc.sql("""
                        INSERT INTO diagnostics (id, tenant, device, command, maximum_bytes, requested_at, expires_at, upload,
                                                 received_at, size, sha256, content_type)
                        VALUES (gen_random_uuid(), ?, 'valve', gen_random_uuid(), 1, now(), now(), gen_random_uuid(),
                                now(), 2::bigint * 1024 * 1024 * 1024 - 999, '', '')""").param(tenant).update();
        HttpResponse<String> refused = put(upload, BodyPublishers.ofString("x"));
        assertThat(refused.statusCode()).isEqualTo(507);
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        assertThat(operator.post(DIAGNOSTICS, "{\"maximumBytes\":1000}").problem())
                .isEqualTo("diagnostics-quota-full");
        assertThat(operator.post(DIAGNOSTICS, "{\"maximumBytes\":999}").status())
                .isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"maximumBytes\":52428801}",
                "{\"maximumBytes\":0}",
                "{\"expiresIn\":0}",
                "{\"args\":[1]}",
                "{\"args\":{\"upload\":{}}}"
            })
    void whatCannotBeAskedForIsRefused(String body) {
        assertThat(operator.post(DIAGNOSTICS, body).problem()).isEqualTo("invalid");
    }

    @Test
    void bundlesAreListedTheNewestFirst() {
        for (int time = 0; time < 3; time++) {
            ask("");
        }
        JsonNode first = viewer.get(DIAGNOSTICS + "?limit=2").json();
        JsonNode second = viewer.get(
                        DIAGNOSTICS + "?limit=2&cursor=" + first.at("/next").asString())
                .json();
        assertThat(first.at("/items").size()).isEqualTo(2);
        assertThat(second.at("/items").size()).isEqualTo(1);
        assertThat(viewer.get("/api/v1/devices/nobody/diagnostics").problem()).isEqualTo("device-not-found");
        assertThat(operator.post("/api/v1/devices/nobody/diagnostics", "").problem())
                .isEqualTo("device-not-found");
    }

    /** Asks for a bundle; what the newest command tells the device of the upload. */
    private JsonNode ask(String body) {
        assertThat(operator.post(DIAGNOSTICS, body).status()).isEqualTo(201);
        JsonNode commands = device.get("/device/v1/commands").json().at("/items");
        return commands.get(commands.size() - 1).at("/args/upload");
    }

    private String status() {
        return viewer.get(DIAGNOSTICS).json().at("/items/0/status").asString();
    }

    private long parts() {
        return jdbc.sql(
                        "SELECT count(*) FROM diagnostics_part JOIN diagnostics d ON d.id = diagnostics WHERE tenant = ?")
                .param(tenant)
                .query(Long.class)
                .single();
    }

    private int putTo(UploadGrant grant) throws Exception {
        String path = addresses.of(grant).getPath();
        return putTo(path.substring(path.lastIndexOf('/') + 1));
    }

    private int putTo(String token) throws Exception {
        return putTo("/device/v1/diagnostics/" + token, BodyPublishers.ofString("x"), "text/plain")
                .statusCode();
    }

    private HttpResponse<String> put(JsonNode upload, BodyPublisher body) throws Exception {
        return put(upload, body, "application/x-www-form-urlencoded");
    }

    private HttpResponse<String> put(JsonNode upload, BodyPublisher body, String contentType) throws Exception {
        return putTo(URI.create(upload.at("/url").asString()).getPath(), body, contentType);
    }

    /** As the gateway hands it on, which vouches for nobody. */
    private HttpResponse<String> putTo(String path, BodyPublisher body, String contentType) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .header("Authorization", tokens.bearer(null, "device"))
                        .header("Content-Type", contentType)
                        .PUT(body)
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpResponse<byte[]> fetch(String bundle) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + bundle + "/content"))
                        .header("Authorization", tokens.bearer(tenant, "operator"))
                        .build(),
                BodyHandlers.ofByteArray());
    }

    private static byte[] bytes(int size) throws IOException {
        try (InputStream noise = new Noise(size)) {
            return noise.readAllBytes();
        }
    }

    private static String sha256(byte[] content) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    }

    /** Bytes that no compression makes less of, the same each time. */
    private static final class Noise extends InputStream {

        private static final int BLOCK = 64 * 1024;

        private final Random random = new Random(7);
        private long left;
        private ByteArrayInputStream block = new ByteArrayInputStream(new byte[0]);

        Noise(long size) {
            this.left = size;
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            if (block.available() == 0 && left > 0) {
                byte[] next = new byte[BLOCK];
                random.nextBytes(next);
                int size = (int) Math.min(left, BLOCK);
                block = new ByteArrayInputStream(next, 0, size);
                left -= size;
            }
            return block.read(buffer, offset, length);
        }
    }
}
