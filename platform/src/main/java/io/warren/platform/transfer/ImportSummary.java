package io.warren.platform.transfer;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The last line of an import's answer.
 *
 * @param summary the figures
 */
public record ImportSummary(Figures summary) {

    /**
     * How many rows came to what.
     *
     * @param rows all of them
     * @param complete whether all that was sent was read
     * @param dryRun whether nothing was kept; absent where everything always is
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Figures(
            long rows,
            long created,
            long updated,
            long unchanged,
            long refused,
            boolean complete,
            @Nullable Boolean dryRun) {}

    /** Counts outcomes. */
    public static final class Tally {

        private final Map<Outcome, Long> counts = new EnumMap<>(Outcome.class);

        /** One more row has come to something. */
        public void count(Outcome outcome) {
            counts.merge(outcome, 1L, Long::sum);
        }

        /** How many rows have come to something so far. */
        public long of(Outcome outcome) {
            return counts.getOrDefault(outcome, 0L);
        }

        /** All that was counted. */
        public ImportSummary summary(boolean complete, @Nullable Boolean dryRun) {
            return new ImportSummary(new Figures(
                    counts.values().stream().mapToLong(Long::longValue).sum(),
                    of(Outcome.CREATED),
                    of(Outcome.UPDATED),
                    of(Outcome.UNCHANGED),
                    of(Outcome.REFUSED),
                    complete,
                    dryRun));
        }
    }
}
