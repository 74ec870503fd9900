package io.warren.telemetry.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import io.warren.contracts.registry.TenantLimits;
import io.warren.testing.backing.Backed;
import java.time.Duration;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

/** What tenants may send, by the limits that events bring. */
@Backed
@SpringBootTest(properties = "warren.ingest.enabled=false")
class TenantLimitsTest {

    private static final Duration USUAL = Duration.ofDays(400);

    @Autowired
    TenantDirectory directory;

    @Autowired
    Allowances allowances;

    private final String tenant = "t" + UUID.randomUUID().toString().substring(0, 8);
    private final long window = Allowances.WINDOW.toMillis() * 1_000;

    @Test
    void aTenantSendsNoMoreThanItMayInAWindow() {
        limit(2, new TenantLimits(null, null, 3L, null));

        assertThat(admitted(40, window)).isEqualTo(30);
        assertThat(admitted(40, window + Allowances.WINDOW.toMillis())).isEqualTo(30);
    }

    @Test
    void aBacklogIsCountedByWhenItArrived() {
        limit(2, new TenantLimits(null, null, 1L, null));

        assertThat(IntStream.range(0, 600)
                        .filter(second -> allowances.admits(tenant, window + second * 1000L))
                        .count())
                .isEqualTo(600);
    }

    @Test
    void aTenantWithoutALimitSendsWhatItLikes() {
        limit(2, TenantLimits.NONE);

        assertThat(admitted(10_000, window)).isEqualTo(10_000);
    }

    @Test
    void anOlderEventDoesNotBringBackAnOlderLimit() {
        limit(3, new TenantLimits(null, null, null, 30));
        limit(2, new TenantLimits(null, null, 1L, 90));

        assertThat(allowances.retention(tenant, USUAL)).isEqualTo(Duration.ofDays(30));
        assertThat(admitted(100, window)).isEqualTo(100);
    }

    @Test
    void nothingIsKeptForLongerThanThePlatformKeepsIt() {
        limit(2, new TenantLimits(null, null, null, 4000));

        assertThat(allowances.retention(tenant, USUAL)).isEqualTo(USUAL);
        assertThat(allowances.retention("nobody", USUAL)).isEqualTo(USUAL);
    }

    private void limit(long version, TenantLimits limits) {
        directory.update(tenant, version, false, limits);
        allowances.refresh();
    }

    private long admitted(int messages, long arrivedMillis) {
        return IntStream.range(0, messages)
                .filter(_ -> allowances.admits(tenant, arrivedMillis))
                .count();
    }
}
