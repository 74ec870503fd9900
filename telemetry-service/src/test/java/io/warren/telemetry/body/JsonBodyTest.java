package io.warren.telemetry.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonBodyTest {

    private static final Instant ARRIVED = Instant.parse("2026-11-21T12:00:00.250Z");

    private final JsonBody json = new JsonBody();

    private Contents<Reading> read(String body) {
        return read(body.getBytes(StandardCharsets.UTF_8));
    }

    private Contents<Reading> read(byte[] body) {
        return json.read(body, ARRIVED.toEpochMilli(), Duration.ofDays(400));
    }

    private Reading accepted(String body) {
        Contents<Reading> result = read(body);
        assertThat(result.refusals()).isEmpty();
        assertThat(result.readings()).hasSize(1);
        return result.readings().getFirst();
    }

    private Refusal refused(String body) {
        Contents<Reading> result = read(body);
        assertThat(result.readings()).isEmpty();
        assertThat(result.refusals()).hasSize(1);
        return result.refusals().getFirst();
    }

    private static long micros(String instant) {
        Instant time = Instant.parse(instant);
        return time.getEpochSecond() * 1_000_000 + time.getNano() / 1000;
    }

    @Test
    void valuesAloneHaveTheTimeOfTheirArrival() {
        Reading reading = accepted(" {\"temperature\": 21.50, \"door\" : \"open\",\"seq\":7} ");
        assertThat(reading.isTimedByArrival()).isTrue();
        assertThat(reading.seq()).isEqualTo(Reading.UNNUMBERED);
        assertThat(reading.values()).isEqualTo("{\"temperature\": 21.50, \"door\" : \"open\",\"seq\":7}");
    }

    @Test
    void aMeasurementMayNameItsTimeInTextOrMilliseconds() {
        assertThat(accepted("{\"ts\":\"2026-11-20T09:22:00.123456Z\",\"seq\":412,\"values\":{\"a\":1}}"))
                .isEqualTo(new Reading(micros("2026-11-20T09:22:00.123456Z"), 412, "{\"a\":1}"));
        assertThat(accepted("{\"values\":{\"a\":1},\"ts\":\"2026-11-20T11:22:00+02:00\"}"))
                .isEqualTo(new Reading(micros("2026-11-20T09:22:00Z"), Reading.UNNUMBERED, "{\"a\":1}"));
        assertThat(accepted("{\"ts\":1795166400123,\"values\":{\"a\":1}}").ts()).isEqualTo(1795166400123000L);
    }

    @Test
    void everyKindOfValueIsKeptAsItWasWritten() {
        String values = "{\"n\":-0.10,\"big\":12345678901234567890,\"e\":1.5e300,\"t\":true,\"s\":\"é\\n\\u00e9😀\","
                + "\"position\":{\"lat\":45.76,\"lon\":4.83,\"fix\":\"3d\"}}";
        assertThat(accepted(values).values()).isEqualTo(values);
    }

    @Test
    void aBatchKeepsTheOrderOfItsElements() {
        Contents<Reading> result = read("[{\"ts\":1795166400000,\"seq\":2,\"values\":{\"a\":2}},"
                + "{\"seq\":1,\"values\":{\"a\":1},\"ts\":1795166300000}]");
        assertThat(result.refusals()).isEmpty();
        assertThat(result.readings()).extracting(Reading::seq).containsExactly(2L, 1L);
    }

    @Test
    void inABatchWhatIsBadIsRefusedAloneAndWithItsPlace() {
        Contents<Reading> result = read("[{\"ts\":1795166400000,\"seq\":1,\"values\":{\"a\":1}},"
                + "{\"a\":1}, 5, {\"ts\":1795166400000,\"seq\":2,\"values\":{\"a/b\":[1]}},"
                + "{\"ts\":1795166400000,\"seq\":3,\"values\":{\"a\":3}}]");
        assertThat(result.readings()).extracting(Reading::seq).containsExactly(1L, 3L);
        assertThat(result.refusals())
                .extracting(Refusal::pointer, Refusal::reason)
                .containsExactly(
                        tuple("/1/ts", Reason.INVALID_TIME),
                        tuple("/2", Reason.MALFORMED),
                        tuple("/3/values/a~1b", Reason.INVALID_VALUE));
        assertThat(result.refusals().get(2).payload())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("{\"ts\":1795166400000,\"seq\":2,\"values\":{\"a/b\":[1]}}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "{\"a\":1",
                "{\"a\":1}x",
                "{\"a\":1}{\"a\":1}",
                "{\"a\":NaN}",
                "{\"a\":Infinity}",
                "{\"a\":01}",
                "{\"a\":.5}",
                "{\"a\":1,}",
                "{'a':1}",
                "{a:1}",
                "{\"a\":1,\"a\":2}",
                "{\"ts\":1795166400000,\"values\":{\"a\":1,\"a\":2}}",
                "{\"a\":\"\t\"}",
                "{\"a\":\"\\x\"}",
                "[{\"ts\":1795166400000,\"values\":{\"a\":1}}",
                "5",
                "\"text\"",
                "null",
                "true",
                "// comment\n{\"a\":1}"
            })
    void whatIsNotJsonIsRefusedAsAWhole(String body) {
        Refusal refusal = refused(body);
        assertThat(refusal.reason()).isEqualTo(Reason.MALFORMED);
        assertThat(refusal.pointer()).isEmpty();
        assertThat(refusal.payload()).asString(StandardCharsets.UTF_8).isEqualTo(body);
        assertThat(refusal.detail()).doesNotContain("jackson", "Feature", "enable");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|EMPTY|''",
                "{}|EMPTY|''",
                "[]|EMPTY|''",
                "{\"ts\":1795166400000,\"values\":{}}|EMPTY|/values",
                "{\"ts\":1795166400000}|EMPTY|/values",
                "{\"values\":{\"a\":1}}|INVALID_TIME|/ts",
                "{\"ts\":null,\"values\":{\"a\":1}}|INVALID_TIME|/ts",
                "{\"ts\":1795166400000.5,\"values\":{\"a\":1}}|INVALID_TIME|/ts",
                "{\"ts\":99999999999999999999,\"values\":{\"a\":1}}|INVALID_TIME|/ts",
                "{\"ts\":\"yesterday\",\"values\":{\"a\":1}}|INVALID_TIME|/ts",
                "{\"ts\":\"2026-11-20 09:22:00\",\"values\":{\"a\":1}}|INVALID_TIME|/ts",
                "{\"ts\":\"2026-02-30T00:00:00Z\",\"values\":{\"a\":1}}|INVALID_TIME|/ts",
                "{\"ts\":\"2026-11-22T12:00:00.251Z\",\"values\":{\"a\":1}}|TIME_OUT_OF_RANGE|/ts",
                "{\"ts\":\"2025-10-17T12:00:00.249Z\",\"values\":{\"a\":1}}|TIME_OUT_OF_RANGE|/ts",
                "{\"ts\":\"+1000000000-12-31T23:59:59Z\",\"values\":{\"a\":1}}|INVALID_TIME|/ts",
                "{\"ts\":9223372036854775807,\"values\":{\"a\":1}}|TIME_OUT_OF_RANGE|/ts",
                "{\"ts\":-9223372036854775808,\"values\":{\"a\":1}}|TIME_OUT_OF_RANGE|/ts",
                "{\"ts\":1795166400,\"values\":{\"a\":1}}|TIME_OUT_OF_RANGE|/ts",
                "{\"ts\":1795166400000,\"seq\":-1,\"values\":{\"a\":1}}|INVALID_SEQ|/seq",
                "{\"ts\":1795166400000,\"seq\":1.0,\"values\":{\"a\":1}}|INVALID_SEQ|/seq",
                "{\"ts\":1795166400000,\"seq\":\"1\",\"values\":{\"a\":1}}|INVALID_SEQ|/seq",
                "{\"ts\":1795166400000,\"seq\":9223372036854775808,\"values\":{\"a\":1}}|INVALID_SEQ|/seq",
                "{\"ts\":1795166400000,\"values\":{\"a\":1},\"unit\":\"C\"}|MALFORMED|/unit",
                "{\"ts\":1795166400000,\"values\":[1]}|INVALID_VALUE|/values",
                "{\"ts\":1795166400000,\"values\":5}|INVALID_VALUE|/values",
                "{\"a\":null}|INVALID_VALUE|/a",
                "{\"a\":[1,2]}|INVALID_VALUE|/a",
                "{\"a\":{}}|INVALID_VALUE|/a",
                "{\"a\":{\"b\":{\"c\":1}}}|INVALID_VALUE|/a",
                "{\"a\":{\"b\":null}}|INVALID_VALUE|/a",
                "{\"a\":1e400}|INVALID_VALUE|/a",
                "{\"a\":1e-400}|INVALID_VALUE|/a",
                "{\"a\":1e999999999}|INVALID_VALUE|/a",
                "{\"a\":\"x\\u0000y\"}|INVALID_VALUE|/a",
                "{\"a\":\"\\ud800\"}|INVALID_VALUE|/a",
                "{\"a\":\"\\udc00\\ud800\"}|INVALID_VALUE|/a",
                "{\"\":1}|INVALID_KEY|/",
                "{\"a,b\":1}|INVALID_KEY|/a,b",
                "{\"a\\\"b\":1}|INVALID_KEY|/a\"b",
                "{\"a\\u0000\":1}|INVALID_KEY|/a?",
                "{\"\\udc00\":1}|MALFORMED|''",
                "{\"a\":{\"b\\n\":1}}|INVALID_KEY|/a",
            })
    void whatCannotBeStoredIsRefusedWithItsReasonAndPlace(String body, Reason reason, String pointer) {
        Refusal refusal = refused(body);
        assertThat(refusal.reason()).isEqualTo(reason);
        assertThat(refusal.pointer()).isEqualTo(pointer);
    }

    @Test
    void theBoundsThemselvesAreAllowed() {
        accepted("{\"ts\":\"2026-11-22T12:00:00.250Z\",\"values\":{\"a\":1}}");
        accepted("{\"ts\":\"2025-10-17T12:00:00.250Z\",\"values\":{\"a\":1}}");
        accepted("{\"" + "k".repeat(64) + "\":\"" + "v".repeat(4096) + "\"}");
        accepted(keys(256));
        assertThat(read(batch(1000)).readings()).hasSize(1000);
    }

    @Test
    void beyondTheBoundsNothingIs() {
        assertThat(refused("{\"" + "k".repeat(65) + "\":1}").reason()).isEqualTo(Reason.INVALID_KEY);
        assertThat(refused("{\"a\":\"" + "v".repeat(4097) + "\"}").reason()).isEqualTo(Reason.INVALID_VALUE);
        assertThat(refused(keys(257)).reason()).isEqualTo(Reason.INVALID_KEY);
        assertThat(refused("{\"a\":" + keys(33) + "}").reason()).isEqualTo(Reason.INVALID_VALUE);
        assertThat(refused("{\"a\":" + "9".repeat(500) + "}").reason()).isEqualTo(Reason.MALFORMED);
        assertThat(refused("{\"a\":" + "[".repeat(5000)).reason()).isEqualTo(Reason.MALFORMED);
        assertThat(refused(batch(1001)))
                .extracting(Refusal::reason, Refusal::pointer)
                .containsExactly(Reason.BATCH_TOO_LARGE, "");
    }

    @Test
    void oneElementThatIsNestedTooDeeplySpoilsNoOther() {
        Contents<Reading> result = read("[{\"ts\":1795166400000,\"values\":{\"a\":" + "[".repeat(30) + "]".repeat(30)
                + "}},{\"ts\":1795166400000,\"values\":{\"a\":1}}]");
        assertThat(result.readings()).hasSize(1);
        assertThat(result.refusals()).extracting(Refusal::pointer).containsExactly("/0/values/a");
    }

    @Test
    void onlyUtf8IsText() {
        byte[] latin = "{\"a\":\"é\"}".getBytes(StandardCharsets.ISO_8859_1);
        byte[] utf16 = "{\"a\":1}".getBytes(StandardCharsets.UTF_16LE);
        byte[] marked = "\uFEFF{\"a\":1}".getBytes(StandardCharsets.UTF_8);
        byte[] overlong = {'{', '"', 'a', '"', ':', '"', (byte) 0xC0, (byte) 0x80, '"', '}'};
        byte[] surrogate = {'{', '"', 'a', '"', ':', '"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"', '}'};
        for (byte[] body : new byte[][] {latin, utf16, marked, overlong, surrogate}) {
            assertThat(read(body).refusals()).extracting(Refusal::reason).containsExactly(Reason.MALFORMED);
        }
    }

    @Test
    void ofALongBodyOnlyTheBeginningIsKept() {
        assertThat(refused("[" + "1,".repeat(100_000)).payload()).hasSize(Refusal.MAX_PAYLOAD);
    }

    private static String keys(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "\"k" + i + "\":" + i)
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String batch(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "{\"ts\":1795166400000,\"seq\":" + i + ",\"values\":{\"a\":1}}")
                .collect(Collectors.joining(",", "[", "]"));
    }

    @Test
    void ofABatchThatIsBadThroughoutTheFirstAreNamedAndTheOthersCounted() {
        Contents<Reading> result = read("[" + "1,".repeat(989) + "{},".repeat(10) + "{\"ts\":0,\"values\":{}}]");
        assertThat(result.refusals()).hasSize(21);
        assertThat(result.refusals().get(19).pointer()).isEqualTo("/19");
        assertThat(result.refusals().getLast())
                .extracting(Refusal::reason, Refusal::detail, Refusal::pointer, Refusal::count)
                .containsExactly(Reason.FURTHER_ELEMENTS, "Refused as well: 980 more of the batch.", "", 980);
    }

    @Test
    void twentyBadElementsAreNamedEach() {
        Contents<Reading> result = read("[" + "1,".repeat(19) + "1]");
        assertThat(result.refusals())
                .hasSize(20)
                .extracting(Refusal::reason, Refusal::count)
                .containsOnly(tuple(Reason.MALFORMED, 1));
    }
}
