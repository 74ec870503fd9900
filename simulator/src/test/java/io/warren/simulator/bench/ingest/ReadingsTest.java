package io.warren.simulator.bench.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReadingsTest {

    private final Readings readings =
            new Readings("demo", "bench-1", "load", InstantSource.fixed(Instant.ofEpochMilli(1_763_718_000_123L)));

    @Test
    void aMessageIsFormTwoWithThreeKeys() {
        JsonNode message = next();

        assertThat(message.get("ts").asLong()).isEqualTo(1_763_718_000_123L);
        assertThat(message.get("seq").asLong()).isEqualTo(1);
        assertThat(message.get("values").propertyNames()).containsExactly("temperature", "humidity", "pressure");
    }

    @Test
    void messagesAreCounted() {
        next();
        next();

        assertThat(next().get("seq").asLong()).isEqualTo(3).isEqualTo(readings.count());
    }

    @Test
    void theTopicIsTheDevicesOwn() {
        assertThat(new String(readings.topic(), UTF_8)).isEqualTo("v1/demo/bench-1/up/telemetry/load");
    }

    private JsonNode next() {
        ByteBuffer body = ByteBuffer.allocate(Readings.MAX_BODY);
        readings.next(body);
        return JsonMapper.shared().readTree(Arrays.copyOf(body.array(), body.position()));
    }
}
