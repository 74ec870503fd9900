package io.warren.provisioning.offlinebundle;

import io.warren.platform.transfer.Outcome;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Counts what became of the rows of a part. */
final class Tally {

    private static final int MOST_REFUSALS = 100;

    private final Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);
    private final List<ImportReport.Refusal> refusals = new ArrayList<>();

    void count(BundleRow row, Result result) {
        counts.merge(result.outcome(), 1, Integer::sum);
        if (result.outcome() == Outcome.REFUSED && refusals.size() < MOST_REFUSALS) {
            refusals.add(new ImportReport.Refusal(row.label(), Objects.toString(result.reason(), "")));
        }
    }

    /** How many have brought something new. */
    int changes() {
        return of(Outcome.CREATED) + of(Outcome.UPDATED);
    }

    ImportReport.Figures figures() {
        return new ImportReport.Figures(
                of(Outcome.CREATED),
                of(Outcome.UPDATED),
                of(Outcome.UNCHANGED),
                of(Outcome.REFUSED),
                List.copyOf(refusals));
    }

    private int of(Outcome outcome) {
        return counts.getOrDefault(outcome, 0);
    }
}
