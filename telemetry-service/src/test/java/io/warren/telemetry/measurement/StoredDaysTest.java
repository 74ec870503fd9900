package io.warren.telemetry.measurement;

import static org.assertj.core.api.Assertions.assertThat;

import io.warren.testing.backing.Backed;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** What a tenant may keep for fewer days than others is removed from among theirs. */
@Backed
@SpringBootTest(properties = "warren.ingest.enabled=false")
class StoredDaysTest {

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    Measurements measurements;

    @Autowired
    TransactionTemplate transactions;

    @Autowired
    StoredDays storedDays;

    private final String limited = "t" + UUID.randomUUID().toString().substring(0, 8);
    private final String other = "t" + UUID.randomUUID().toString().substring(0, 8);
    private final Instant now = Clock.systemUTC().instant().truncatedTo(ChronoUnit.MILLIS);

    @BeforeEach
    void storeADayEach() {
        for (String tenant : Set.of(limited, other)) {
            for (int ago : new int[] {0, 5, 6, 7, 8, 9, 20}) {
                store(tenant, ago);
            }
        }
    }

    @Test
    void onlyTheLimitedTenantsOldDaysGo() {
        limit(7);

        storedDays.prune();

        assertThat(daysStored(limited)).containsExactly(0, 5, 6, 7, 8);
        assertThat(daysStored(other)).containsExactly(0, 5, 6, 7, 8, 9, 20);
    }

    @Test
    void whatIsRemovedIsNotLookedForAgainUntilTheLimitIsAnother() {
        limit(7);
        storedDays.prune();
        store(limited, 15);

        storedDays.prune();
        assertThat(daysStored(limited)).contains(15);

        jdbc.update("UPDATE tenant SET max_stored_days = 6, removed_before = NULL WHERE tenant = ?", limited);
        storedDays.prune();
        assertThat(daysStored(limited)).containsExactly(0, 5, 6, 7);
    }

    private void limit(int days) {
        jdbc.update(
                "INSERT INTO tenant (tenant, version, deleted, max_stored_days) VALUES (?, 1, false, ?)",
                limited,
                days);
    }

    private void store(String tenant, int daysAgo) {
        Instant at = now.minus(Duration.ofDays(daysAgo));
        long micros = ChronoUnit.MICROS.between(Instant.EPOCH, at);
        List<Measurement> measured = List.of(new Measurement(
                new StreamName(tenant, "d1", StreamName.DEFAULT), micros, 1, true, micros, "{\"a\":1}"));
        measurements.prepare(measured);
        transactions.executeWithoutResult(_ -> measurements.add(measured));
    }

    private List<@Nullable Integer> daysStored(String tenant) {
        return jdbc.queryForList("""
                SELECT round(extract(epoch FROM ?::timestamptz - ts) / 86400)::int FROM measurement
                JOIN series ON id = series_id WHERE tenant = ? ORDER BY 1""", Integer.class, now.toString(), tenant);
    }
}
