package io.warren.telemetry.uplink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.warren.contracts.device.DeviceAddress;
import io.warren.platform.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.DelegatingServletInputStream;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.util.unit.DataSize;

class UplinkBodiesTest {

    private static final DataSize ONE_BODY = DataSize.ofKilobytes(257);
    private static final DataSize TWO_BODIES = DataSize.ofKilobytes(514);
    private static final DataSize THREE_BODIES = DataSize.ofKilobytes(771);

    private final CountDownLatch over = new CountDownLatch(1);
    private final UplinkBodies bodies = new UplinkBodies(
            new UplinkProperties(Duration.ofMillis(200), Duration.ofMillis(500), THREE_BODIES, TWO_BODIES, ONE_BODY));

    @AfterEach
    void finish() {
        over.countDown();
    }

    @Test
    void aSlowDeviceTakesNoMoreThanItsShare() throws Exception {
        hold(device("acme", "slow"));
        assertRefused(device("acme", "slow"), new ByteArrayInputStream(new byte[1]), "unavailable");
        assertTaken(device("acme", "other"));
    }

    @Test
    void theDevicesOfATenantTakeNoMoreThanItsShare() throws Exception {
        hold(device("acme", "a"));
        hold(device("acme", "b"));
        assertRefused(device("acme", "c"), new ByteArrayInputStream(new byte[1]), "unavailable");
        assertTaken(device("other", "c"));
    }

    @Test
    void whatABodyTookIsFreeAfterIt() throws Exception {
        for (int n = 0; n < 5; n++) {
            assertTaken(device("acme", "pump"));
        }
    }

    @Test
    void aBodyThatComesByteByByteIsGivenUp() throws Exception {
        InputStream drops = new InputStream() {
            @Override
            public int read() {
                return ' ';
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                try {
                    assertThat(over.await(20, TimeUnit.MILLISECONDS)).isFalse();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
                into[offset] = ' ';
                return 1;
            }
        };
        assertRefused(device("acme", "pump"), drops, "request-timeout");
        assertTaken(device("acme", "pump"));
    }

    @Test
    void aBodyThatStopsIsGivenUp() {
        InputStream silent = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException(new SocketTimeoutException());
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                return read();
            }
        };
        assertRefused(device("acme", "pump"), silent, "request-timeout");
    }

    /** Has a body of a device under way until the test is over. */
    private void hold(DeviceAddress device) throws InterruptedException {
        CountDownLatch under = new CountDownLatch(1);
        Thread.ofVirtual().start(() -> {
            try {
                bodies.with(device, request(new ByteArrayInputStream(new byte[1])), _ -> {
                    under.countDown();
                    awaitTheEnd();
                });
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        assertThat(under.await(10, TimeUnit.SECONDS)).isTrue();
    }

    private void awaitTheEnd() {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void assertTaken(DeviceAddress device) throws IOException {
        bodies.with(
                device,
                request(new ByteArrayInputStream(new byte[] {1, 2})),
                body -> assertThat(body).containsExactly(1, 2));
    }

    private void assertRefused(DeviceAddress device, InputStream body, String kind) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> bodies.with(device, request(body), _ -> {}))
                .satisfies(e -> assertThat(e.kind().urn()).endsWith(":" + kind));
    }

    private static DeviceAddress device(String tenant, String device) {
        return DeviceAddress.of(tenant, device);
    }

    /** One that does not say how long its body is. */
    private static MockHttpServletRequest request(InputStream body) {
        return new MockHttpServletRequest() {
            @Override
            public DelegatingServletInputStream getInputStream() {
                return new DelegatingServletInputStream(body) {
                    @Override
                    public int read(byte[] into, int offset, int length) throws IOException {
                        return body.read(into, offset, length);
                    }
                };
            }
        };
    }
}
