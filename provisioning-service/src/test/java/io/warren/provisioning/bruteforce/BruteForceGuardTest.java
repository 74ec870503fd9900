package io.warren.provisioning.bruteforce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.warren.contracts.device.DeviceId;
import io.warren.contracts.device.TenantId;
import io.warren.contracts.provisioning.BootstrapAttackEvent;
import io.warren.platform.outbox.Outbox;
import io.warren.platform.problem.ProblemException;
import io.warren.provisioning.ProvisioningTest;
import io.warren.testing.backing.Backed;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** Two replicas with clocks of the test's own, over one real database. */
@ProvisioningTest
@Backed
class BruteForceGuardTest {

    private static final BruteForceProperties PROPERTIES = new BruteForceProperties(
            3,
            10,
            40,
            30,
            Duration.ofMinutes(5),
            Duration.ofMinutes(1),
            Duration.ofMinutes(15),
            1_000,
            List.of("198.51.100.0/24"));

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private Outbox outbox;

    @Autowired
    private TransactionTemplate transaction;

    private Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    private final TenantId tenant =
            new TenantId("t" + UUID.randomUUID().toString().substring(0, 8));
    private Replica one;
    private Replica two;

    @BeforeEach
    void forget() {
        jdbc.sql("TRUNCATE bootstrap_failure").update();
        jdbc.sql("DELETE FROM outbox").update();
        one = new Replica();
        two = new Replica();
    }

    @Test
    void aDeviceThatFailsTooOftenIsLockedOutAtItsAddressAndNowhereElse() {
        fail(one, "pump-1", "192.0.2.1", 3);
        assertLocked(one, "pump-1", "192.0.2.1");
        assertFree(one, "pump-2", "192.0.2.1");
        assertFree(one, "pump-1", "192.0.2.2");
        assertFree(one, "pump-1", null);
        assertThat(events()).as("one device with a wrong proof is no attack").isEmpty();
    }

    @Test
    void overMqttADeviceIsCountedByItsName() {
        fail(one, "pump-1", null, 3);
        assertLocked(one, "pump-1", null);
        assertFree(one, "pump-1", "192.0.2.1");
        assertFree(one, "pump-2", null);
    }

    @Test
    void aLockOutEndsAndTheNextIsTwiceAsLong() {
        fail(one, "pump-1", "192.0.2.1", 3);
        pass(Duration.ofSeconds(61));
        assertFree(one, "pump-1", "192.0.2.1");
        fail(one, "pump-1", "192.0.2.1", 3);
        pass(Duration.ofSeconds(100));
        assertLocked(one, "pump-1", "192.0.2.1");
        pass(Duration.ofSeconds(21));
        assertFree(one, "pump-1", "192.0.2.1");
    }

    @Test
    void failuresAreForgottenEvenly() {
        for (int i = 0; i < 20; i++) {
            fail(one, "pump-1", "192.0.2.1", 1);
            pass(Duration.ofSeconds(101));
        }
        assertFree(one, "pump-1", "192.0.2.1");
    }

    @Test
    void replicasCountTogetherAndHearOfEachOther() {
        fail(one, "pump-1", "192.0.2.1", 1);
        fail(two, "pump-1", "192.0.2.1", 1);
        fail(one, "pump-1", "192.0.2.1", 1);
        assertLocked(one, "pump-1", "192.0.2.1");
        two.lockouts.refresh();
        assertLocked(two, "pump-1", "192.0.2.1");
        Replica later = new Replica();
        later.lockouts.refresh();
        assertLocked(later, "pump-1", "192.0.2.1");
    }

    @Test
    void manyNamesFromOneAddressLockTheAddressOut() {
        for (int i = 0; i < 10; i++) {
            fail(one, "guess-" + i, "192.0.2.1", 1);
        }
        assertLocked(one, "pump-17", "192.0.2.1");
        assertFree(one, "pump-17", "192.0.2.2");
        assertThat(events()).singleElement().satisfies(event -> {
            assertThat(event.tenant()).isEqualTo(tenant.value());
            assertThat(event.address()).isEqualTo("192.0.2.1");
            assertThat(event.group()).isEqualTo("pumps");
            assertThat(event.failures()).isEqualTo(10);
        });
    }

    @Test
    void theAddressesOfAnIpv6NetworkAreOne() {
        for (int i = 0; i < 10; i++) {
            fail(one, "guess-" + i, "2001:db8:0:1::" + i, 1);
        }
        assertLocked(one, "pump-17", "2001:db8:0:1::ffff");
        assertFree(one, "pump-17", "2001:db8:0:2::1");
    }

    @Test
    void anAddressThatDevicesWereLetInFromHasMoreRoomAndThoseGoOn() {
        letIn("pump-17", "192.0.2.1");
        for (int i = 0; i < 39; i++) {
            fail(one, "guess-" + i, "192.0.2.1", 1);
        }
        assertFree(one, "pump-18", "192.0.2.1");
        fail(one, "guess-39", "192.0.2.1", 1);
        assertLocked(one, "pump-18", "192.0.2.1");
        assertFree(one, "pump-17", "192.0.2.1");
    }

    @Test
    void oneBadDeviceDoesNotLockOutItsNeighbours() {
        for (int i = 0; i < 100; i++) {
            try {
                one.guard.check(attempt("broken", "192.0.2.1"));
                one.guard.failed(attempt("broken", "192.0.2.1"));
            } catch (ProblemException e) {
                pass(Duration.ofSeconds(20));
            }
        }
        assertFree(one, "pump-17", "192.0.2.1");
        assertThat(events()).isEmpty();
    }

    @Test
    void aGroupThatIsTriedFromEverywhereIsNotLockedButNewAddressesHaveLessRoom() {
        for (int i = 0; i < 30; i++) {
            fail(one, "guess-" + i, "192.0.2." + i, 1);
        }
        assertThat(events()).singleElement().satisfies(event -> {
            assertThat(event.address()).isNull();
            assertThat(event.group()).isEqualTo("pumps");
        });
        assertFree(one, "pump-17", "203.0.113.1");
        fail(one, "guess-x", "203.0.113.1", 1);
        assertLocked(one, "pump-17", "203.0.113.1");
        letIn("pump-17", "203.0.113.2");
        fail(one, "guess-x", "203.0.113.2", 1);
        assertFree(one, "pump-18", "203.0.113.2");
    }

    @Test
    void aTenantIsToldOnceAMinute() {
        for (int address = 0; address < 3; address++) {
            for (int i = 0; i < 10; i++) {
                fail(one, "guess-" + i, "192.0.2." + address, 1);
            }
        }
        assertThat(events()).hasSize(1);
        pass(Duration.ofMinutes(1));
        for (int i = 0; i < 10; i++) {
            fail(two, "guess-" + i, "192.0.2.9", 1);
        }
        assertThat(events()).hasSize(2);
    }

    @Test
    void nobodyIsLockedOutAtAnExemptAddress() {
        for (int i = 0; i < 20; i++) {
            fail(one, "guess-" + i, "198.51.100.7", 3);
        }
        assertFree(one, "guess-1", "198.51.100.7");
    }

    @Test
    void whatIsCountedHasABound() {
        for (int i = 0; i < 1_100; i++) {
            jdbc.sql("INSERT INTO bootstrap_failure VALUES ('DEVICE', ?, 0.1, ?, 0, NULL)")
                    .params("device-" + i, Timestamp.from(now.minusSeconds(i)))
                    .update();
        }
        one.counts.prune(now);
        assertThat(rows()).isEqualTo(1_000);
        one.counts.prune(now.plus(Duration.ofHours(2)));
        assertThat(rows()).isZero();
    }

    private void fail(Replica replica, String device, @Nullable String address, int times) {
        for (int i = 0; i < times; i++) {
            replica.guard.failed(attempt(device, address).at("group/pumps"));
        }
    }

    private void assertLocked(Replica replica, String device, @Nullable String address) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> replica.guard.check(attempt(device, address)))
                .satisfies(problem -> {
                    assertThat(problem.kind().status().value()).isEqualTo(429);
                    assertThat(problem.retryAfter()).isPositive();
                });
    }

    private void assertFree(Replica replica, String device, @Nullable String address) {
        assertThatCode(() -> replica.guard.check(attempt(device, address))).doesNotThrowAnyException();
    }

    private Attempt attempt(String device, @Nullable String address) {
        return Attempt.of(tenant, new DeviceId(device), address);
    }

    private void letIn(String device, String address) {
        jdbc.sql("""
                        INSERT INTO registration (id, version, tenant, device_id, registration_id, identifiers, outcome, attempts,
                                                  created_at, updated_at, address, registered_at)
                        VALUES (gen_random_uuid(), 0, ?, ?, ?, '{}', 'REGISTERED', 1, now(), now(), ?, now())""").params(tenant.value(), device, device, address).update();
    }

    private List<BootstrapAttackEvent> events() {
        return jdbc
                .sql("SELECT payload FROM outbox WHERE type = ? ORDER BY id")
                .param(BootstrapAttackEvent.TYPE)
                .query(String.class)
                .list()
                .stream()
                .map(payload -> JsonMapper.shared().readValue(payload, BootstrapAttackEvent.class))
                .filter(event -> event.tenant().equals(tenant.value()))
                .toList();
    }

    private long rows() {
        return jdbc.sql("SELECT count(*) FROM bootstrap_failure")
                .query(Long.class)
                .single();
    }

    private void pass(Duration time) {
        now = now.plus(time);
    }

    /** One of several services. */
    private final class Replica {

        private final Clock clock = new Clock() {
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
                return this;
            }
        };

        private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
        private final FailureCounts counts = new FailureCounts(jdbc, PROPERTIES);
        private final Lockouts lockouts = new Lockouts(counts, PROPERTIES, meters, clock);
        private final KnownAddresses known = new KnownAddresses(jdbc, clock);
        private final AttackReports reports = new AttackReports(counts, outbox, meters) {
            @Override
            Optional<FailureCounts.Lock> begin(FailureCounts.Failure failure, Attempt attempt, Instant at) {
                return Objects.requireNonNull(transaction.execute(_ -> super.begin(failure, attempt, at)));
            }
        };
        private final BruteForceGuard guard = new BruteForceGuard(
                lockouts,
                known,
                new FailureLedger(new Suspicion(lockouts, known, PROPERTIES), counts, reports, lockouts, clock),
                new RefusalHold(new RefusalProperties(Duration.ZERO), meters),
                clock);
    }
}
