package io.warren.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A device gets new firmware. */
@EndToEnd
class FirmwareIT {

    private static final int SIZE = 3_000_000;
    private static final int INTERRUPTED_AFTER = 1_234_567;

    private final Platform platform;
    private final Tenant tenant;
    private final Device device;
    private final byte[] image = new byte[SIZE];

    FirmwareIT(Platform platform) {
        this.platform = platform;
        tenant = platform.newTenant();
        device = tenant.newDevice();
    }

    @BeforeEach
    void buildImage() {
        new Random(17).nextBytes(image);
    }

    @Test
    void aDeviceDownloadsResumesInstallsAndReports() {
        release("pump-2-0-0");
        try (Connection connection = device.connect()) {
            Connection.Inbox jobs = connection.subscribe(device.down("firmware/job"));

            String deployment = deploy("pump-2-0-0");

            JsonNode job = jobs.next().json();
            assertThat(job.get("deploymentId").stringValue()).isEqualTo(deployment);
            assertThat(job.get("mode").stringValue()).isEqualTo("forced");
            assertThat(job.at("/release/version").stringValue()).isEqualTo("2.0.0");
            JsonNode artifact = job.at("/artifacts/0");
            assertThat(artifact.get("size").intValue()).isEqualTo(SIZE);
            assertThat(artifact.get("sha256").stringValue()).isEqualTo(sha256(image));
            for (String status : new String[] {"accepted", "downloading"}) {
                report(connection, deployment, status);
            }

            byte[] downloaded = downloadInTwoParts(artifact.get("url").stringValue());
            assertThat(sha256(downloaded)).isEqualTo(sha256(image));

            for (String status : new String[] {"downloaded", "installing", "succeeded"}) {
                report(connection, deployment, status);
            }
            await().untilAsserted(() -> assertThat(status(deployment)).isEqualTo("succeeded"));
        }
    }

    @Test
    void aDeviceThatWasAwayAsksWhatIsDue() {
        release("pump-2-0-1");
        String deployment = deploy("pump-2-0-1");

        try (Connection connection = device.connect()) {
            Connection.Inbox answers = connection.subscribe(device.down("firmware/next/#"));
            connection.publish(device.up("firmware/next/q1"), "{}");

            Connection.Message answer = answers.next();
            assertThat(answer.topic()).isEqualTo(device.down("firmware/next/q1"));
            assertThat(answer.json().get("deploymentId").stringValue()).isEqualTo(deployment);
        }
    }

    @Test
    void aDownloadNeedsItsSignedAddress() {
        release("pump-2-0-2");
        deploy("pump-2-0-2");
        try (Connection connection = device.connect()) {
            Connection.Inbox answers = connection.subscribe(device.down("firmware/next/#"));
            connection.publish(device.up("firmware/next/q1"), "{}");
            String url = answers.next().json().at("/artifacts/0/url").stringValue();
            int token = url.indexOf("/device/v1/artifacts/") + "/device/v1/artifacts/".length();
            char first = url.charAt(token) == 'A' ? 'B' : 'A';

            Answer forged = platform.anonymous().get(url.substring(0, token) + first + url.substring(token + 1));

            assertThat(forged.status()).isIn(401, 403, 404);
            forged.expectProblem(forged.status());
        }
    }

    /** As a device does whose connection broke: it keeps what it has and asks for the rest. */
    private byte[] downloadInTwoParts(String url) {
        assertThat(url).startsWith(platform.httpsUrl() + "/device/v1/artifacts/");
        Answer beginning = platform.anonymous()
                .with("Range", "bytes=0-" + (INTERRUPTED_AFTER - 1))
                .get(url)
                .expect(206);
        assertThat(beginning.header("Content-Range")).isEqualTo("bytes 0-%d/%d".formatted(INTERRUPTED_AFTER - 1, SIZE));
        String tag = beginning.header("ETag");
        assertThat(tag).startsWith("\"");

        Answer rest = platform.anonymous()
                .with("Range", "bytes=" + INTERRUPTED_AFTER + "-")
                .with("If-Range", tag)
                .get(url)
                .expect(206);

        ByteArrayOutputStream whole = new ByteArrayOutputStream(SIZE);
        whole.writeBytes(beginning.bytes());
        whole.writeBytes(rest.bytes());
        assertThat(whole.size()).isEqualTo(SIZE);
        assertThat(Arrays.equals(platform.anonymous().get(url).expect(200).bytes(), image))
                .as("what is downloaded in one piece is the image")
                .isTrue();
        return whole.toByteArray();
    }

    private void release(String id) {
        Answer artifact =
                tenant.rest().post("/api/v1/artifacts?name=pump.bin", image).expect(201);
        assertThat(artifact.text("/sha256")).isEqualTo(sha256(image));
        tenant.rest()
                .put("/api/v1/releases/" + id, """
                        {"name": "pump", "version": "%s", "artifacts": ["%s"]}""".formatted(
                                id.substring("pump-".length()).replace('-', '.'), artifact.text("/id")))
                .expect(201);
        tenant.rest().post("/api/v1/releases/" + id + ":release", "").expect(200);
    }

    private String deploy(String release) {
        return tenant.rest()
                .post(deployments(), "{\"release\": \"" + release + "\", \"mode\": \"forced\"}")
                .expect(201)
                .text("/id");
    }

    private void report(Connection connection, String deployment, String status) {
        connection.publish(
                device.up("firmware/status"),
                "{\"deploymentId\": \"%s\", \"status\": \"%s\"}".formatted(deployment, status));
    }

    private String status(String deployment) {
        return tenant.rest().get(deployments() + "/" + deployment).expect(200).text("/status");
    }

    private String deployments() {
        return "/api/v1/devices/" + device.id() + "/deployments";
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
