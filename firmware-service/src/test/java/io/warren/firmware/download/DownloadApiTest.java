package io.warren.firmware.download;

import static org.assertj.core.api.Assertions.assertThat;

import io.warren.contracts.device.TenantId;
import io.warren.firmware.FirmwareTest;
import io.warren.firmware.Integrator;
import io.warren.firmware.artifact.Artifacts;
import io.warren.testing.backing.Backed;
import io.warren.testing.backing.TestTokens;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@FirmwareTest
@Backed
class DownloadApiTest {

    private static final int SIZE = 1_000_000;

    private final HttpClient http = HttpClient.newHttpClient();
    private final byte[] bytes = new byte[SIZE];

    @Autowired
    private Integrator integrator;

    @Autowired
    private TestTokens tokens;

    @Autowired
    private DownloadAddresses addresses;

    @Autowired
    private Artifacts artifacts;

    @LocalServerPort
    private int port;

    private String tenant = "";
    private String artifact = "";
    private String deployment = "";
    private String path = "";

    @BeforeEach
    void deploy() {
        new Random(7).nextBytes(bytes);
        tenant = "t" + UUID.randomUUID().toString().substring(0, 8);
        artifact = integrator.artifact(tenant, "fw.bin", bytes);
        integrator.release(tenant, "r1", artifact);
        integrator.device(tenant, "pump-17");
        deployment = integrator.deploy(tenant, "pump-17", "r1");
        path = address(deployment);
    }

    @Test
    void theWholeFileIsSent() throws Exception {
        HttpResponse<byte[]> answer = get(path);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(bytes);
        assertThat(header(answer, "content-length")).isEqualTo(String.valueOf(SIZE));
        assertThat(header(answer, "accept-ranges")).isEqualTo("bytes");
        assertThat(header(answer, "etag")).matches("\"[0-9a-f]{64}\"");
        assertThat(header(answer, "content-type")).isEqualTo("application/octet-stream");
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=0-0,0,0",
        "bytes=0-99,0,99",
        "bytes=500000-,500000,999999",
        "bytes=-1000,999000,999999",
        "bytes=100-199999,100,199999"
    })
    void aPartIsSent(String range, int first, int last) throws Exception {
        HttpResponse<byte[]> answer = get(path, "Range", range);

        assertThat(answer.statusCode()).isEqualTo(206);
        assertThat(header(answer, "content-range")).isEqualTo("bytes " + first + "-" + last + "/" + SIZE);
        assertThat(answer.body()).isEqualTo(Arrays.copyOfRange(bytes, first, last + 1));
    }

    @Test
    void aDownloadThatBrokeOffIsResumedAndTheFileIsWhole() throws Exception {
        HttpResponse<byte[]> begin = get(path, "Range", "bytes=0-399999");
        HttpResponse<byte[]> rest =
                get(address(deployment), "Range", "bytes=400000-", "If-Range", header(begin, "etag"));

        assertThat(rest.statusCode()).isEqualTo(206);
        byte[] whole = Arrays.copyOf(begin.body(), SIZE);
        System.arraycopy(rest.body(), 0, whole, 400_000, rest.body().length);
        assertThat(whole).isEqualTo(bytes);
    }

    @Test
    void aPartOfAnotherFileIsNotMixedIn() throws Exception {
        HttpResponse<byte[]> answer = get(path, "Range", "bytes=400000-", "If-Range", "\"another\"");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).hasSize(SIZE);
    }

    @Test
    void aPartBeyondTheEndIsRefused() throws Exception {
        HttpResponse<byte[]> answer = get(path, "Range", "bytes=1000000-");

        assertThat(answer.statusCode()).isEqualTo(416);
        assertThat(header(answer, "content-range")).isEqualTo("bytes */" + SIZE);
        assertThat(header(answer, "content-type")).isEqualTo("application/problem+json");
    }

    @Test
    void aFileThatTheDeviceHasIsNotSentAgain() throws Exception {
        String tag = header(get(path), "etag");

        assertThat(get(path, "If-None-Match", tag).statusCode()).isEqualTo(304);
    }

    @Test
    void aHeadTellsWhatAGetWouldSend() throws Exception {
        HttpResponse<byte[]> answer =
                http.send(request(path).method("HEAD", BodyPublishers.noBody()).build(), BodyHandlers.ofByteArray());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(header(answer, "content-length")).isEqualTo(String.valueOf(SIZE));
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void anAddressEndsWithItsDeployment() throws Exception {
        integrator
                .post(tenant, "/api/v1/devices/pump-17/deployments/" + deployment + ":cancel", "{}")
                .is(200);

        assertThat(get(path).statusCode()).isEqualTo(410);
    }

    @Test
    void anAddressOfADeploymentThatNeverWasIsOver() throws Exception {
        assertThat(get(address(UUID.randomUUID().toString())).statusCode()).isEqualTo(410);
    }

    @Test
    void anExpiredAddressIsOver() throws Exception {
        String token = addresses.sign(new DownloadGrant(
                new TenantId(tenant),
                UUID.fromString(deployment),
                UUID.fromString(artifact),
                Instant.parse("2026-01-01T00:00:00Z")));

        assertThat(get("/device/v1/artifacts/" + token + "/fw.bin").statusCode())
                .isEqualTo(410);
    }

    @Test
    void anAddressDoesNotReachIntoAnotherTenant() throws Exception {
        String token = addresses.sign(new DownloadGrant(
                new TenantId("stranger"),
                UUID.fromString(deployment),
                UUID.fromString(artifact),
                Instant.parse("2099-01-01T00:00:00Z")));

        assertThat(get("/device/v1/artifacts/" + token + "/fw.bin").statusCode())
                .isEqualTo(410);
    }

    @Test
    void aForgedAddressIsRefused() throws Exception {
        assertThat(get(path.replaceFirst("\\.[A-Za-z0-9_-]+/fw.bin", "." + "A".repeat(43) + "/fw.bin"))
                        .statusCode())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"other.bin", "..%2F..%2Fetc%2Fpasswd", "%2e%2e", "fw.bin%00"})
    void anotherNameLeadsNowhere(String name) throws Exception {
        assertThat(get(path.replace("fw.bin", name)).statusCode()).isBetween(400, 404);
    }

    private String address(String ofDeployment) {
        URI address = addresses.of(
                new TenantId(tenant),
                UUID.fromString(ofDeployment),
                artifacts.find(new TenantId(tenant), UUID.fromString(artifact)).orElseThrow());
        return address.getPath();
    }

    private HttpResponse<byte[]> get(String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = request(path);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), BodyHandlers.ofByteArray());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Authorization", tokens.bearer(null, "device"));
    }

    private static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }
}
