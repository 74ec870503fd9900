package io.warren.telemetry.body;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whatever comes, it is stored as it was written or refused with a reason; nothing is thrown and nothing is made up. */
class JsonBodyPropertyTest {

    private static final long ARRIVED = Instant.parse("2026-11-21T12:00:00Z").toEpochMilli();
    private static final JsonMapper MAPPER = JsonMapper.shared();

    private final JsonBody json = new JsonBody();

    @Property(tries = 150)
    void goodBatchesComeThroughWhole(@ForAll("batches") List<Map<String, Object>> batch) {
        Contents<Reading> result = json.read(MAPPER.writeValueAsBytes(batch), ARRIVED, Duration.ofDays(400));
        assertThat(result.refusals()).isEmpty();
        assertThat(result.readings()).hasSameSizeAs(batch);
        for (int i = 0; i < batch.size(); i++) {
            Reading reading = result.readings().get(i);
            JsonNode sent = MAPPER.readTree(MAPPER.writeValueAsString(batch.get(i)));
            assertThat(reading.ts()).isEqualTo(sent.get("ts").longValue() * 1000);
            assertThat(reading.seq()).isEqualTo(sent.get("seq").longValue());
            assertThat(MAPPER.readTree(reading.values())).isEqualTo(sent.get("values"));
        }
    }

    @Property(tries = 150)
    void aDamagedBatchIsReadOrRefused(@ForAll("batches") List<Map<String, Object>> batch, @ForAll long seed) {
        byte[] body = MAPPER.writeValueAsBytes(batch);
        int at = Math.floorMod(seed, body.length);
        body[at] = (byte) (seed >>> 32);
        Contents<Reading> result = json.read(body, ARRIVED, Duration.ofDays(400));
        assertThat(result.readings().size() + result.refusals().size()).isPositive();
        for (Reading reading : result.readings()) {
            JsonNode values = MAPPER.readTree(reading.values());
            assertThat(values.isObject() && !values.isEmpty()).isTrue();
        }
    }

    @Property(tries = 150)
    void anyBytesAtAllAreReadOrRefused(@ForAll byte[] body) {
        Contents<Reading> result = json.read(body, ARRIVED, Duration.ofDays(400));
        assertThat(result.readings().size() + result.refusals().size()).isPositive();
    }

    @Property(tries = 150)
    void aTruncatedBodyIsRefusedAsAWhole(@ForAll("batches") List<Map<String, Object>> batch, @ForAll int cut) {
        String body = MAPPER.writeValueAsString(batch);
        byte[] truncated = body.substring(0, Math.floorMod(cut, body.length())).getBytes(StandardCharsets.UTF_8);
        Contents<Reading> result = json.read(truncated, ARRIVED, Duration.ofDays(400));
        assertThat(result.readings()).isEmpty();
        assertThat(result.refusals()).hasSize(1);
    }

    @Provide
    Arbitrary<List<Map<String, Object>>> batches() {
        Arbitrary<String> key = Arbitraries.strings()
                .withCharRange('a', 'z')
                .withChars("é°_-./:")
                .ofMinLength(1)
                .ofMaxLength(64);
        Arbitrary<Object> scalar = Arbitraries.oneOf(
                Arbitraries.strings()
                        .ofMaxLength(50)
                        .filter(text -> text.chars().noneMatch(c -> c == 0 || Character.isSurrogate((char) c)))
                        .map(Object.class::cast),
                Arbitraries.doubles().map(Object.class::cast),
                Arbitraries.longs().map(Object.class::cast),
                Arbitraries.of(true, false).map(Object.class::cast));
        Arbitrary<Object> object =
                Arbitraries.maps(key, scalar).ofMinSize(1).ofMaxSize(5).map(Object.class::cast);
        Arbitrary<Map<String, Object>> values = Arbitraries.maps(key, Arbitraries.oneOf(scalar, object))
                .ofMinSize(1)
                .ofMaxSize(8);
        return Combinators.combine(
                        Arbitraries.longs().between(ARRIVED - 399L * 86_400_000, ARRIVED + 86_400_000),
                        Arbitraries.longs().greaterOrEqual(0),
                        values)
                .as((ts, seq, each) -> Map.<String, Object>of("ts", ts, "seq", seq, "values", each))
                .list()
                .ofMinSize(1)
                .ofMaxSize(10);
    }
}
