package io.warren.provisioning.manifest;

import io.warren.platform.transfer.Outcome;
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
     */
    record Figures(long rows, long created, long updated, long unchanged, long refused, boolean complete) {}

    /** Counts outcomes. */
    static final class Tally {

        private final Map<Outcome, Long> counts = new EnumMap<>(Outcome.class);

        void count(List<RowOutcome> outcomes) {
            outcomes.forEach(outcome -> counts.merge(outcome.outcome(), 1L, Long::sum));
        }

        long created() {
            return of(Outcome.CREATED);
        }

        ImportSummary summary(boolean complete) {
            return new ImportSummary(new Figures(
                    counts.values().stream().mapToLong(Long::longValue).sum(),
                    of(Outcome.CREATED),
                    of(Outcome.UPDATED),
                    of(Outcome.UNCHANGED),
                    of(Outcome.REFUSED),
                    complete));
        }

        private long of(Outcome outcome) {
            return counts.getOrDefault(outcome, 0L);
        }
    }
}
