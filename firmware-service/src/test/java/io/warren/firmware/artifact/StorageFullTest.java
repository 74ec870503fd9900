package io.warren.firmware.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.warren.firmware.FirmwareTest;
import io.warren.firmware.Integrator;
import io.warren.testing.backing.Backed;
import io.warren.testing.backing.TestTokens;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Uploads to a file system of one megabyte. Making one takes the right to mount; who has it not sees the test skipped. */
@FirmwareTest
@Backed
@DirtiesContext
class StorageFullTest {

    private static final Path DISK = Path.of("target", "small-disk").toAbsolutePath();
    private static final int DISK_BYTES = 1024 * 1024;

    @Autowired
    private Integrator integrator;

    @Autowired
    private TestTokens tokens;

    @Autowired
    private JdbcClient jdbc;

    @LocalServerPort
    private int port;

    private final String tenant = "t" + UUID.randomUUID().toString().substring(0, 8);

    @BeforeAll
    static void mount() throws Exception {
        Files.createDirectories(DISK);
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=" + DISK_BYTES, "tmpfs", DISK.toString()),
                "a small file system cannot be mounted by this user");
    }

    @AfterAll
    static void unmount() throws Exception {
        run("umount", DISK.toString());
    }

    @DynamicPropertySource
    static void onTheSmallDisk(DynamicPropertyRegistry properties) {
        properties.add("warren.firmware.artifacts.directory", DISK::toString);
        properties.add("warren.firmware.artifacts.max-size", () -> "1GB");
    }

    @AfterEach
    void nothingIsLeft() throws IOException {
        assertThat(files()).isEmpty();
        assertThat(jdbc.sql("SELECT count(*) FROM artifact").query(Long.class).single())
                .isZero();
    }

    @Test
    void anUploadThatSaysThatItIsTooLargeForTheDiskIsRefusedBeforeItIsRead() {
        Integrator.Answer answer =
                integrator.upload(tenant, "fw.bin", new byte[DISK_BYTES + 1]).is(507);

        assertThat(answer.text("/type")).isEqualTo("urn:warren:problem:storage-full");
    }

    @Test
    void anUploadThatFillsTheDiskIsRefusedAndLeavesNothing() throws Exception {
        HttpResponse<String> answer = uploadOfUnknownLength(new byte[DISK_BYTES + 300_000]);

        assertThat(answer.statusCode()).isEqualTo(507);
        assertThat(answer.body()).contains("urn:warren:problem:storage-full").doesNotContain(DISK.toString());
        assertThat(files()).isEmpty();
    }

    @Test
    void whatThereIsRoomForIsStoredAfterwardsAndStaysWhenTheDiskIsFullAgain() throws Exception {
        uploadOfUnknownLength(new byte[DISK_BYTES + 300_000]);

        String id = integrator.artifact(tenant, "fw.bin", new byte[DISK_BYTES / 2]);
        assertThat(uploadOfUnknownLength(new byte[DISK_BYTES]).statusCode()).isEqualTo(507);
        assertThat(files()).containsExactly(DISK.resolve("artifacts").resolve(id));
        integrator.delete(tenant, "/api/v1/artifacts/" + id).is(204);
    }

    /** The rest of the body is more than anybody would read to the end only to throw it away. */
    @Test
    void theSenderOfALargeFileHearsOfItBeforeItHasSentAll() throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            OutputStream out = socket.getOutputStream();
            out.write(("POST /api/v1/artifacts?name=fw.bin HTTP/1.1\r\nHost: localhost\r\nAuthorization: "
                            + tokens.bearer(tenant, "integrator")
                            + "\r\nContent-Type: application/octet-stream\r\nTransfer-Encoding: chunked\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            Thread sender = Thread.ofVirtual().start(() -> sendUntilItBreaksOff(out));
            byte[] status = socket.getInputStream().readNBytes("HTTP/1.1 507".length());
            assertThat(new String(status, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 507");
            sender.join();
        }
    }

    private static void sendUntilItBreaksOff(OutputStream out) {
        byte[] size = "10000\r\n".getBytes(StandardCharsets.US_ASCII);
        byte[] chunk = new byte[0x10000 + 2];
        chunk[0x10000] = '\r';
        chunk[0x10001] = '\n';
        try {
            for (int sent = 0; sent < 500_000_000; sent += 0x10000) {
                out.write(size);
                out.write(chunk);
            }
        } catch (IOException e) {
            // the service has hung up, as it should
        }
    }

    private HttpResponse<String> uploadOfUnknownLength(byte[] bytes) throws IOException, InterruptedException {
        URI address = URI.create("http://127.0.0.1:" + port + "/api/v1/artifacts?name=fw.bin");
        HttpRequest request = HttpRequest.newBuilder(address)
                .header("Authorization", tokens.bearer(tenant, "integrator"))
                .header("Content-Type", "application/octet-stream")
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes)))
                .build();
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(DISK)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }
}
