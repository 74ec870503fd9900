package io.warren.registry.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.warren.contracts.device.DeviceAddress;
import io.warren.platform.problem.ProblemException;
import io.warren.registry.Api;
import io.warren.registry.RegistryTest;
import io.warren.testing.backing.TestTokens;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.SocketTimeoutException;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

@RegistryTest
class BundleReceptionTest {

    private static final byte[] CONTENT = new byte[BundleReception.PART_BYTES * 2 + 1];

    @Autowired
    TestTokens tokens;

    @Autowired
    BundleReception reception;

    @Autowired
    DiagnosticsOrders orders;

    @Autowired
    DiagnosticsHousekeeping housekeeping;

    @Autowired
    Uploads uploads;

    @Autowired
    Bundles bundles;

    @Autowired
    JdbcClient jdbc;

    @LocalServerPort
    int port;

    private final DeviceAddress pump =
            DeviceAddress.of("r-" + UUID.randomUUID().toString().substring(0, 8), "pump");
    UploadGrant grant = new UploadGrant(pump, new UUID(0, 0), Instant.EPOCH);

    @BeforeEach
    void askForABundle() {
        Api.asPlatformAdmin(port, tokens).withTenant(pump.tenant().value()).put("/api/v1/devices/pump", "{}");
        DiagnosticsView asked = orders.place(pump, DiagnosticsRequest.PLAIN);
        grant = new UploadGrant(pump, asked.id(), asked.expiresAt());
    }

    @Test
    void anUploadThatBreaksOffLeavesNothingBehind() {
        assertRefused(breakingOff(new IOException("reset")), "upload-incomplete");
    }

    @Test
    void anUploadThatStopsComingLeavesNothingBehind() {
        assertRefused(breakingOff(new SocketTimeoutException()), "request-timeout");
    }

    @Test
    void anUploadThatIsTriedAgainOvertakesTheOneThatHangs() {
        InputStream hanging = then(() -> {
            assertThat(bundles.find(pump, grant.bundle()).orElseThrow().status())
                    .isEqualTo(DiagnosticsStatus.UPLOADING);
            reception.receive(grant, "text/plain", CONTENT.length, new ByteArrayInputStream(CONTENT));
        });
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> reception.receive(grant, "text/plain", -1, hanging))
                .satisfies(refusal -> assertThat(refusal.kind().name()).isEqualTo("upload-overtaken"));
        assertThat(bundles.find(pump, grant.bundle()).orElseThrow().size()).isEqualTo(CONTENT.length);
        assertThat(parts()).isEqualTo(3);
    }

    @Test
    void whatADeadReplicaLeftIsClearedAway() {
        UUID upload = uploads.begin(grant, 100).orElseThrow();
        uploads.write(grant.bundle(), upload, 0, new byte[100]);
        housekeeping.tidy();
        assertThat(parts()).as("it may be going on").isEqualTo(1);

        jdbc.sql("UPDATE diagnostics SET began_at = began_at - interval '33 min' WHERE id = ?")
                .param(grant.bundle())
                .update();
        housekeeping.tidy();
        assertThat(parts()).isZero();
        assertThat(uploads.write(grant.bundle(), upload, 1, new byte[100])).isFalse();
        assertThat(bundles.find(pump, grant.bundle()).orElseThrow().status()).isEqualTo(DiagnosticsStatus.REQUESTED);
    }

    @Test
    void whatWasAskedForLongAgoIsForgotten() {
        reception.receive(grant, "text/plain", -1, new ByteArrayInputStream(CONTENT));
        jdbc.sql("UPDATE diagnostics SET requested_at = requested_at - interval '31 days' WHERE id = ?")
                .param(grant.bundle())
                .update();
        housekeeping.tidy();
        assertThat(bundles.find(pump, grant.bundle())).isEmpty();
        assertThat(parts()).isZero();
    }

    private void assertRefused(InputStream body, String problem) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> reception.receive(grant, "text/plain", -1, body))
                .satisfies(refusal -> assertThat(refusal.kind().name()).isEqualTo(problem));
        assertThat(parts()).isZero();
        assertThat(bundles.find(pump, grant.bundle()).orElseThrow().status()).isEqualTo(DiagnosticsStatus.REQUESTED);
    }

    private long parts() {
        return jdbc.sql("SELECT count(*) FROM diagnostics_part WHERE diagnostics = ?")
                .param(grant.bundle())
                .query(Long.class)
                .single();
    }

    @SuppressWarnings("InputStreamSlowMultibyteRead") // it never gives one byte
    private static InputStream breakingOff(IOException failure) {
        return new SequenceInputStream(new ByteArrayInputStream(CONTENT), new InputStream() {
            @Override
            public int read() throws IOException {
                throw failure;
            }
        });
    }

    /** Goes on with one more byte after something else has happened. */
    @SuppressWarnings("InputStreamSlowMultibyteRead") // it gives one byte only
    private static InputStream then(Runnable meanwhile) {
        return new SequenceInputStream(
                new ByteArrayInputStream(new byte[BundleReception.PART_BYTES]), new InputStream() {
                    private boolean happened;

                    @Override
                    public int read() {
                        if (happened) {
                            return -1;
                        }
                        happened = true;
                        meanwhile.run();
                        return 1;
                    }
                });
    }
}
