package io.warren.firmware.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import io.warren.firmware.FirmwareTest;
import io.warren.firmware.Integrator;
import io.warren.testing.backing.Backed;
import io.warren.testing.backing.TestTokens;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;

@FirmwareTest
@Backed
class ArtifactApiTest {

    private static final Path INCOMING = Path.of("target/artifacts/incoming");
    private static final Path STORED = Path.of("target/artifacts/artifacts");

    @Autowired
    private Integrator integrator;

    @Autowired
    private RestTestClient http;

    @Autowired
    private TestTokens tokens;

    @Autowired
    private Artifacts artifacts;

    @LocalServerPort
    private int port;

    private String tenant = "";

    @BeforeEach
    void ownTenant() {
        tenant = "t" + UUID.randomUUID().toString().substring(0, 8);
    }

    @Test
    void anUploadIsStoredAsItIsAndDescribed() throws Exception {
        byte[] bytes = new byte[3_000_000];
        new Random(1).nextBytes(bytes);

        Integrator.Answer made = integrator.upload(tenant, "fw-1.0.bin", bytes).is(201);

        String sha256 =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        assertThat(made.text("/sha256")).isEqualTo(sha256);
        assertThat(made.json().get("size").intValue()).isEqualTo(bytes.length);
        assertThat(made.text("/name")).isEqualTo("fw-1.0.bin");
        assertThat(made.text("/contentType")).isEqualTo("application/octet-stream");
        assertThat(Files.readAllBytes(STORED.resolve(made.text("/id")))).isEqualTo(bytes);
        assertThat(integrator
                        .get(tenant, "/api/v1/artifacts/" + made.text("/id"))
                        .is(200)
                        .body())
                .isEqualTo(made.body());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../fw.bin",
                "a/b",
                "a\\b",
                "..",
                ".hidden",
                "a..b",
                "",
                "a b",
                "fw.bin\u0000",
                "fw\n.bin",
                "%2e%2e%2f",
                "fw;x=1"
            })
    void aNameThatIsNoPlainFileNameIsRefused(String name) {
        assertThat(integrator.upload(tenant, name, new byte[1]).is(422).body()).contains("\"pointer\":\"name\"");
    }

    @Test
    void anArtifactOverTheLimitIsRefusedWhetherItSaysSoOrNot() throws Exception {
        integrator.upload(tenant, "fw.bin", new byte[4 * 1024 * 1024 + 1]).is(413);

        assertThat(chunked(5 * 1024 * 1024, true)).startsWith("HTTP/1.1 413");
        assertThat(count(INCOMING)).isZero();
    }

    @Test
    void anUploadThatBreaksOffLeavesNothing() throws Exception {
        long before = count(STORED);

        chunked(1024 * 1024, false);

        Awaitility.await().untilAsserted(() -> assertThat(count(INCOMING)).isZero());
        assertThat(count(STORED)).isEqualTo(before);
        assertThat(integrator.get(tenant, "/api/v1/artifacts").is(200).json().get("items"))
                .isEmpty();
    }

    @Test
    void whatAKilledServiceLeftBehindIsSweptUp() throws Exception {
        Path part = abandoned(INCOMING.resolve(UUID.randomUUID().toString()));
        Path orphan = abandoned(STORED.resolve(UUID.randomUUID().toString()));
        Path kept = STORED.resolve(integrator.artifact(tenant, "fw.bin", new byte[10]));
        abandoned(kept);

        artifacts.sweep();

        assertThat(part).doesNotExist();
        assertThat(orphan).doesNotExist();
        assertThat(kept).exists();
    }

    @Test
    void aFormIsNotAFile() {
        http.post()
                .uri("/api/v1/artifacts?name=fw.bin")
                .header("Authorization", tokens.bearer(tenant, "integrator"))
                .contentType(MediaType.APPLICATION_FORM_URLENCODED)
                .body("a=b")
                .exchange()
                .expectStatus()
                .isEqualTo(415);
    }

    @Test
    void aDeletedArtifactIsGoneWithItsFile() {
        String id = integrator.artifact(tenant, "fw.bin", new byte[10]);

        integrator.delete(tenant, "/api/v1/artifacts/" + id).is(204);

        integrator.get(tenant, "/api/v1/artifacts/" + id).is(404);
        integrator.delete(tenant, "/api/v1/artifacts/" + id).is(404);
        assertThat(STORED.resolve(id)).doesNotExist();
    }

    @Test
    void anArtifactThatAReleaseRefersToStays() {
        String id = integrator.artifact(tenant, "fw.bin", new byte[10]);
        integrator
                .put(tenant, "/api/v1/releases/r1", integrator.releaseBody("fw", "1.0.0", id))
                .is(201);

        assertThat(integrator.delete(tenant, "/api/v1/artifacts/" + id).is(409).body())
                .contains("urn:warren:problem:artifact-in-use");
        assertThat(STORED.resolve(id)).exists();
    }

    @Test
    void whatAnotherTenantOwnsDoesNotExist() {
        String id = integrator.artifact(tenant, "fw.bin", new byte[10]);

        integrator.get("stranger", "/api/v1/artifacts/" + id).is(404);
        integrator.delete("stranger", "/api/v1/artifacts/" + id).is(404);
        assertThat(integrator.get("stranger", "/api/v1/artifacts").is(200).body())
                .doesNotContain(id);
        assertThat(STORED.resolve(id)).exists();
    }

    @ParameterizedTest
    @CsvSource({"viewer,403", "operator,403", "device,403", "integrator,204"})
    void integratorsDeleteArtifacts(String role, int status) {
        String id = integrator.artifact(tenant, "fw.bin", new byte[10]);

        integrator
                .call(tenant, role, HttpMethod.DELETE, "/api/v1/artifacts/" + id, null)
                .is(status);
    }

    /** Sends a chunked upload, whole or broken off in the middle, and gives the status line of the answer. */
    private String chunked(int bytes, boolean whole) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            OutputStream out = socket.getOutputStream();
            out.write(("POST /api/v1/artifacts?name=fw.bin HTTP/1.1\r\nHost: localhost\r\nAuthorization: "
                            + tokens.bearer(tenant, "integrator")
                            + "\r\nContent-Type: application/octet-stream\r\nTransfer-Encoding: chunked\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            byte[] chunk = new byte[64 * 1024];
            for (int sent = 0; sent < bytes; sent += chunk.length) {
                out.write("10000\r\n".getBytes(StandardCharsets.US_ASCII));
                out.write(chunk);
                out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
            }
            if (!whole) {
                return "";
            }
            out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            byte[] answer = new byte[64];
            int read = socket.getInputStream().readNBytes(answer, 0, answer.length);
            return new String(answer, 0, read, StandardCharsets.US_ASCII);
        }
    }

    private static Path abandoned(Path file) throws IOException {
        if (!Files.exists(file)) {
            Files.write(file, new byte[10]);
        }
        Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
        return file;
    }

    private static long count(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.count();
        }
    }
}
