package io.warren.telemetry.rejection;

import static org.assertj.core.api.Assertions.assertThat;

import io.warren.telemetry.body.Reason;
import io.warren.telemetry.body.Refusal;
import io.warren.testing.backing.Backed;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.JdbcTemplate;

@Backed
@SpringBootTest(properties = "warren.ingest.enabled=false")
class RejectionsTest {

    private static final Instant NOW = Instant.parse("2026-03-15T13:00:00Z");

    @Autowired
    JdbcTemplate jdbc;

    @BeforeEach
    void startEmpty() {
        jdbc.update("DELETE FROM rejection");
    }

    @Test
    void whatHasOutlivedItsRetentionIsForgotten() {
        Rejections rejections = rejections(1000);
        rejections.add(List.of(
                rejection("old", NOW.minus(Duration.ofDays(30)).minusMillis(1)),
                rejection("young", NOW.minus(Duration.ofDays(30))),
                rejection("new", NOW)));
        rejections.prune();
        assertThat(devices()).containsExactly("young", "new");
    }

    @Test
    void ofTooManyTheNewestAreKept() {
        Rejections rejections = rejections(3);
        rejections.add(IntStream.rangeClosed(1, 5)
                .mapToObj(n -> rejection("d" + n, NOW))
                .toList());
        rejections.prune();
        assertThat(devices()).containsExactly("d3", "d4", "d5");
    }

    @Test
    void moreThanOneStatementCanCarryAreKeptAll() {
        rejections(10_000)
                .add(IntStream.range(0, 2_500)
                        .mapToObj(n -> rejection("d" + n, NOW))
                        .toList());
        assertThat(devices()).hasSize(2_500).startsWith("d0").endsWith("d2499");
    }

    private Rejections rejections(long maxRows) {
        return new Rejections(
                jdbc, new RejectionProperties(Duration.ofDays(30), maxRows), Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private static Rejection rejection(String device, Instant receivedAt) {
        return new Rejection(
                "acme",
                device,
                "v1/acme/" + device + "/up/telemetry",
                receivedAt.toEpochMilli(),
                Refusal.of(Reason.MALFORMED, "It is no JSON.", "{".getBytes(StandardCharsets.UTF_8)));
    }

    private List<@Nullable String> devices() {
        return jdbc.queryForList("SELECT device FROM rejection ORDER BY id", String.class);
    }
}
