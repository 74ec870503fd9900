package io.warren.telemetry.ingest;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How messages are taken from the broker.
 *
 * @param enabled whether this process reads shards at all
 * @param shards how many shards there are: the queues {@code telemetry.shard.0} and so on
 * @param lanes how many threads, each with its own part of the shards, store batches at the same time
 * @param prefetch how many messages of a shard may be under way, unacknowledged
 * @param batch how many messages one transaction stores at most
 * @param linger how long the first message of a batch waits for others
 * @param memory how much of the messages under way is held at most; the connection is not read beyond it
 */
@Validated
@ConfigurationProperties("warren.ingest")
record IngestProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("8") @Min(1) @Max(256) int shards,
        @DefaultValue("1") @Min(1) @Max(16) int lanes,
        @DefaultValue("1000") @Min(1) @Max(10_000) int prefetch,
        @DefaultValue("2000") @Min(1) @Max(10_000) int batch,

        @DefaultValue("20ms") @DurationMin(millis = 0) @DurationMax(seconds = 1)
        Duration linger,

        @DefaultValue("16MB") DataSize memory) {

    /** The name of a shard's queue. */
    static String queue(int shard) {
        return "telemetry.shard." + shard;
    }
}
