package io.warren.telemetry.query;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A measurement as integrators see it.
 *
 * @param ts its time
 * @param stream the stream it belongs to
 * @param seq its number in the stream, if the device gave one
 * @param values what was measured, a JSON object
 * @param receivedAt when the platform received it
 * @param schemaVersion the version of the schema that it follows, if its device type has one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record TelemetryItem(
        Instant ts,
        String stream,
        @Nullable Long seq,
        @JsonRawValue String values,
        Instant receivedAt,
        @Nullable Integer schemaVersion) {}
