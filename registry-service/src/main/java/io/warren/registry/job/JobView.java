package io.warren.registry.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A job as callers see it.
 *
 * @param filter which devices it is for, if not those of a group or a list
 * @param group the group whose devices it is for, if it is for those of one
 * @param request what is done to each device
 * @param rate devices a second, where that is bounded
 * @param total how many devices there are, where that is known beforehand
 * @param done how many of them the job has dealt with
 * @param counts how many devices came to which outcome; an outcome that none came to is left out
 * @param failures the first {@value #MOST_FAILURES} devices that were not dealt with
 * @param reason why it failed as a whole
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record JobView(
        UUID id,
        String kind,
        JobState state,
        @Nullable String filter,
        @Nullable String group,
        JsonNode request,
        @Nullable Integer rate,
        @Nullable Long total,
        long done,
        Map<String, Long> counts,
        List<Failure> failures,
        @Nullable String reason,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt) {

    /** How many failures are kept. */
    public static final int MOST_FAILURES = 100;

    /**
     * A device that was not dealt with.
     *
     * @param device its id
     * @param reason why not
     */
    public record Failure(String device, String reason) {}
}
