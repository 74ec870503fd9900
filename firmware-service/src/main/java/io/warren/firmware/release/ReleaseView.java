package io.warren.firmware.release;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A release as integrators see it.
 *
 * @param revision for the entity tag: grows with each change
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ReleaseView(
        String id,
        String name,
        String version,
        List<UUID> artifacts,
        @Nullable String notes,
        ReleaseStatus status,
        Instant createdAt,
        @Nullable Instant releasedAt,
        @Nullable Instant retiredAt,
        @JsonIgnore long revision) {}
