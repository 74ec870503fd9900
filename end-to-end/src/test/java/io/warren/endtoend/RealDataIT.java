package io.warren.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Measurements of real sensors, replayed as if the last one were of now: each comes back once and in order. */
@EndToEnd
class RealDataIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    private final Tenant tenant;
    private final Device device;

    RealDataIT(Platform platform) {
        tenant = platform.newTenant();
        device = tenant.newDevice();
    }

    @ParameterizedTest
    @CsvSource({"machine-temperature, mqttv311", "ambient-temperature, mqttv5", "traffic-speed, mqttv5"})
    void everyRowWithItsTimeComesBackOnceInTheOrderOfTime(String file, String version) {
        List<Row> rows = rows(file);
        List<String> messages = IntStream.range(0, rows.size())
                .mapToObj(seq -> "{\"ts\":\"%s\",\"seq\":%d,\"values\":{\"value\":%s}}"
                        .formatted(rows.get(seq).ts(), seq, rows.get(seq).value()))
                .toList();

        Mosquitto.publishLines(device, device.up("telemetry/" + file), messages, "-V", version, "-M", "200");

        // What has the same time is told in the order in which it came: a sort of rows by time keeps that.
        List<Stored> expected = IntStream.range(0, rows.size())
                .mapToObj(seq -> new Stored(
                        rows.get(seq).ts(),
                        seq,
                        Double.parseDouble(rows.get(seq).value())))
                .sorted(Comparator.comparing(Stored::ts))
                .toList();
        awaitLast(file, rows.size() - 1);
        assertThat(tenant.history(device, file))
                .extracting(measurement -> new Stored(
                        measurement.ts(),
                        measurement.seq(),
                        measurement.values().get("value").doubleValue()))
                .containsExactlyElementsOf(expected);
    }

    @Test
    void aBurstWithoutTimesComesBackInTheOrderOfArrival() {
        List<Row> rows = rows("traffic-speed");

        Mosquitto.publishLines(
                device,
                device.up("telemetry/traffic"),
                rows.stream().map(row -> "{\"value\":" + row.value() + "}").toList(),
                "-M",
                "200");

        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(
                        () -> assertThat(tenant.history(device, "traffic")).hasSameSizeAs(rows));
        List<Measurement> history = tenant.history(device, "traffic");
        assertThat(history)
                .extracting(measurement -> measurement.values().get("value").doubleValue())
                .containsExactlyElementsOf(rows.stream()
                        .map(row -> Double.parseDouble(row.value()))
                        .toList());
        assertThat(history).extracting(Measurement::ts).isSorted().doesNotHaveDuplicates();
    }

    /** A device's messages are stored in the order it sent them, so all are there when the last is. */
    private void awaitLast(String stream, long seq) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(() -> assertThat(tenant.rest()
                                .get("/api/v1/devices/" + device.id() + "/telemetry?sort=-ts&limit=1&stream=" + stream)
                                .expect(200)
                                .json()
                                .at("/items/0/seq")
                                .asLong(-1))
                        .isEqualTo(seq));
    }

    private static List<Row> rows(String file) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        List<Row> recorded = read(file + ".csv.gz");
        Duration shift = Duration.between(recorded.getLast().ts(), now);
        return recorded.stream()
                .map(row -> new Row(row.ts().plus(shift), row.value()))
                .toList();
    }

    private static List<Row> read(String resource) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(
                        Objects.requireNonNull(RealDataIT.class.getResourceAsStream("/data/" + resource), resource)),
                StandardCharsets.UTF_8))) {
            return reader.lines()
                    .skip(1)
                    .map(line -> line.split(",", 2))
                    .map(columns -> new Row(
                            LocalDateTime.parse(columns[0], TIME).toInstant(ZoneOffset.UTC), columns[1].strip()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Row(Instant ts, String value) {}

    private record Stored(Instant ts, long seq, double value) {}
}
