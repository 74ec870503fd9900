package io.warren.registry.explain;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.warren.platform.expression.Finding;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why something does or does not apply to a device.
 *
 * @param about what was asked about: {@code configuration:winter}; absent if it was an expression
 * @param expression the expression, or the target of what was asked about
 * @param outcome whether it is true of the device
 * @param parts what each part of it saw, and what came of it
 * @param blockedBy what keeps it from applying, or from having reached the device
 * @param at the time of the evaluation
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Explanation(
        @Nullable String about,
        String expression,
        boolean outcome,
        @JsonInclude(content = JsonInclude.Include.ALWAYS) List<Finding> parts,
        List<Blocker> blockedBy,
        Instant at) {}
