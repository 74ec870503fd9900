package io.warren.registry.deviceimport;

import io.warren.registry.deviceimport.RowOutcome.Outcome;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The last line of an import's answer.
 *
 * @param summary the figures
 */
record ImportSummary(Figures summary) {

    /**
     * How many rows came to what.
     *
     * @param rows all of them
     * @param complete whether all that was sent was read
     * @param dryRun whether nothing was kept
     */
    record Figures(
            long rows, long created, long updated, long unchanged, long refused, boolean complete, boolean dryRun) {}

    /** Counts outcomes. */
    static final class Tally {

        private final Map<Outcome, Long> counts = new EnumMap<>(Outcome.class);

        void count(List<RowOutcome> outcomes) {
            outcomes.forEach(outcome -> counts.merge(outcome.outcome(), 1L, Long::sum));
        }

        ImportSummary summary(boolean complete, boolean dryRun) {
            return new ImportSummary(new Figures(
                    counts.values().stream().mapToLong(Long::longValue).sum(),
                    of(Outcome.CREATED),
                    of(Outcome.UPDATED),
                    of(Outcome.UNCHANGED),
                    of(Outcome.REFUSED),
                    complete,
                    dryRun));
        }

        private long of(Outcome outcome) {
            return counts.getOrDefault(outcome, 0L);
        }
    }
}
