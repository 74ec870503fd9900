package io.warren.telemetry.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import io.warren.contracts.telemetry.UsageEvent;
import io.warren.testing.backing.Backed;
import io.warren.testing.contract.ContractFile;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What tenants send is counted once per shard and told when it has grown. */
@Backed
@SpringBootTest(properties = "warren.ingest.enabled=false")
class UsageTest {

    @Autowired
    Usage usage;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    JsonMapper json;

    private final String tenant = "t" + UUID.randomUUID().toString().substring(0, 8);
    private final LocalDate today = LocalDate.ofInstant(Clock.systemUTC().instant(), ZoneOffset.UTC);

    @Test
    void aDayIsTheSumOfItsShards() {
        add("telemetry.shard.0", 10);
        add("telemetry.shard.1", 5);
        add("telemetry.shard.0", 1);

        usage.tell();

        JsonNode told = told().getLast();
        assertThat(told.at("/messages").asLong()).isEqualTo(16);
        assertThat(told.at("/measurements").asLong()).isEqualTo(32);
        assertThat(told.at("/refused").asLong()).isEqualTo(3);
        assertThat(told.at("/bytes").asLong()).isEqualTo(1600);
    }

    @Test
    void aDayOnWhichNothingHasArrivedSinceIsNotToldAgain() {
        add("telemetry.shard.0", 10);
        usage.tell();
        usage.tell();
        assertThat(told()).hasSize(1);

        add("telemetry.shard.0", 1);
        usage.tell();
        assertThat(told()).hasSize(2);
    }

    @Test
    void theEventKeepsItsForm() {
        ContractFile.event(UsageEvent.COUNTED)
                .matchesJsonOf(new UsageEvent(
                        "acme",
                        LocalDate.of(2026, 11, 21),
                        86_400,
                        172_800,
                        12,
                        6_912_000,
                        Instant.parse("2026-11-21T12:00:00Z")));
    }

    private void add(String shard, long messages) {
        transaction.executeWithoutResult(
                _ -> usage.add(List.of(new Amount(tenant, today, shard, messages, messages * 2, 1, messages * 100))));
    }

    private List<JsonNode> told() {
        return jdbc
                .queryForList("SELECT payload FROM outbox WHERE type = ? ORDER BY id", String.class, UsageEvent.COUNTED)
                .stream()
                .map(payload -> json.readTree(payload))
                .filter(event -> event.at("/tenant").asString().equals(tenant))
                .toList();
    }
}
