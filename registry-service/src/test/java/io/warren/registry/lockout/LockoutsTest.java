package io.warren.registry.lockout;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.warren.contracts.device.DeviceAddress;
import io.warren.platform.peer.PeerAddress;
import io.warren.registry.Api;
import io.warren.registry.RegistryTest;
import io.warren.testing.backing.TestTokens;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

@RegistryTest
class LockoutsTest {

    @Autowired
    TestTokens tokens;

    @Autowired
    LockoutLedger ledger;

    @Autowired
    KnownAddresses known;

    @Autowired
    JdbcClient jdbc;

    @LocalServerPort
    int port;

    Instant now = Instant.now();
    Lockouts lockouts;
    DeviceAddress pump = DeviceAddress.of("l-" + UUID.randomUUID().toString().substring(0, 8), "pump");
    DeviceAddress valve = DeviceAddress.of(pump.tenant().value(), "valve");
    PeerAddress here = someAddress();
    PeerAddress elsewhere = someAddress();

    @BeforeEach
    void makeDevices() {
        Api api = Api.asPlatformAdmin(port, tokens).withTenant(pump.tenant().value());
        api.put("/api/v1/devices/pump", "{}");
        api.put("/api/v1/devices/valve", "{}");
        lockouts = lockouts(List.of());
    }

    @Test
    void aDeviceIsLockedOutAtOneAddressOnly() {
        fail(9, here, pump);
        assertThat(lockouts.until(here, pump)).isEmpty();
        fail(1, here, pump);

        assertThat(lockouts.until(here, pump)).contains(now.plus(Duration.ofMinutes(1)));
        assertThat(lockouts.until(elsewhere, pump)).isEmpty();
        assertThat(lockouts.until(here, valve)).isEmpty();
    }

    @Test
    void oneLockoutIsOneEventHoweverManyFail() {
        fail(200, here, pump);
        assertThat(events()).isEqualTo(1);
    }

    @Test
    void eachFurtherLockoutLastsTwiceAsLong() {
        for (int minutes : new int[] {1, 2, 4, 8, 15, 15}) {
            fail(10, here, pump);
            assertThat(lockouts.until(here, pump)).contains(now.plus(Duration.ofMinutes(minutes)));
            now = now.plus(Duration.ofMinutes(minutes));
            assertThat(lockouts.until(here, pump)).isEmpty();
        }
        assertThat(events()).isEqualTo(6);
    }

    @Test
    void failuresAreForgotten() {
        for (int i = 0; i < 100; i++) {
            fail(1, here, pump);
            now = now.plusSeconds(31);
        }
        assertThat(lockouts.until(here, pump)).isEmpty();
    }

    @Test
    void anAddressIsLockedForThoseWhoWereNeverLetInFromThere() {
        jdbc.sql(
                        "INSERT INTO connection (tenant, device, name, address, connected_at) VALUES (?, 'pump', 'a', ?, now())")
                .params(pump.tenant().value(), here.text())
                .update();
        fail(300, here, null);

        assertThat(lockouts.until(here, valve)).contains(now.plus(Duration.ofMinutes(1)));
        assertThat(lockouts.until(here, pump)).isEmpty();
        assertThat(lockouts.until(elsewhere, valve)).isEmpty();
    }

    @Test
    void nobodyIsLockedOutAtAnExemptAddress() {
        lockouts = lockouts(List.of(here.text() + "/24"));
        fail(1_000, here, pump);
        assertThat(lockouts.until(here, pump)).isEmpty();
    }

    @Test
    void anotherReplicaThatStartsLaterKnowsToo() {
        fail(10, here, pump);
        Lockouts other = lockouts(List.of());
        assertThat(other.until(here, pump)).isEmpty();
        other.adoptAll();
        assertThat(other.until(here, pump).map(Instant::toEpochMilli))
                .contains(now.plus(Duration.ofMinutes(1)).toEpochMilli());
    }

    private void fail(int times, PeerAddress address, @Nullable DeviceAddress device) {
        for (int i = 0; i < times; i++) {
            lockouts.failed(address, device);
        }
    }

    private long events() {
        return jdbc.sql(
                        "SELECT count(*) FROM outbox WHERE type = 'signin.locked.v1' AND payload::text LIKE '%' || ? || '%'")
                .param(pump.tenant().value())
                .query(Long.class)
                .single();
    }

    private Lockouts lockouts(List<String> exempt) {
        return new Lockouts(
                ledger,
                known,
                new LockoutProperties(
                        10, 300, Duration.ofMinutes(5), Duration.ofMinutes(1), Duration.ofMinutes(15), 1_000, exempt),
                new SimpleMeterRegistry(),
                new MovingClock());
    }

    private static PeerAddress someAddress() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return new PeerAddress("10." + random.nextInt(256) + "." + random.nextInt(256) + "." + random.nextInt(256));
    }

    /** Shows the test's time. */
    private final class MovingClock extends Clock {

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }
}
