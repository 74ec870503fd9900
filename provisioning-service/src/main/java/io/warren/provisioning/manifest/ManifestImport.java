package io.warren.provisioning.manifest;

import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.platform.transfer.AnswerLines;
import io.warren.platform.transfer.Chunk;
import io.warren.platform.transfer.ImportSummary;
import io.warren.platform.transfer.Outcome;
import io.warren.platform.transfer.Row;
import io.warren.platform.transfer.Rows;
import java.io.IOException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;

/**
 * Puts the rows of an import, a thousand in a statement, which is a transaction of its own. What was answered is kept; when it
 * breaks off, the whole can be sent again.
 */
@Service
class ManifestImport {

    /** How many rows a manifest has at most; an import may go beyond it by a chunk. */
    static final long MOST = 5_000_000;

    private static final int MOST_AT_ONCE = 1_000;

    private static final ProblemKind FULL =
            new ProblemKind("manifest-full", HttpStatus.CONFLICT, "The manifest has all the rows it may have");

    private final ManifestRows rows;
    private final Clock clock;

    ManifestImport(ManifestRows rows, Clock clock) {
        this.rows = rows;
        this.clock = clock;
    }

    /** Puts one chunk after the other and answers each before the next, holding no connection to the database meanwhile. */
    void run(ManifestKey manifest, Rows<String, Entry> source, AnswerLines answer) throws IOException {
        long before = rows.count(manifest);
        ImportSummary.Tally tally = new ImportSummary.Tally();
        Chunk<String, Entry> chunk = new Chunk<>(MOST_AT_ONCE);
        for (Row<String, Entry> row = source.next(); row != null; row = source.next()) {
            if (!chunk.takes(row)) {
                answer(put(manifest, chunk, before + tally.of(Outcome.CREATED)), tally, answer);
                chunk = new Chunk<>(MOST_AT_ONCE);
            }
            chunk.add(row);
        }
        answer(put(manifest, chunk, before + tally.of(Outcome.CREATED)), tally, answer);
        answer.write(List.of(tally.summary(source.isWhole(), null)));
    }

    private static void answer(List<RowOutcome> outcomes, ImportSummary.Tally tally, AnswerLines answer)
            throws IOException {
        outcomes.forEach(each -> tally.count(each.outcome()));
        answer.write(outcomes);
    }

    private List<RowOutcome> put(ManifestKey manifest, Chunk<String, Entry> chunk, long size) {
        boolean isFull = size >= MOST;
        List<Entry> entries = isFull ? List.of() : List.copyOf(chunk.values().values());
        Map<String, Outcome> outcomes = entries.isEmpty()
                ? Map.of()
                : rows.put(manifest, entries, clock.instant().truncatedTo(ChronoUnit.MICROS));
        return chunk.rows().stream()
                .map(row -> {
                    ProblemException refusal = row.refusal();
                    if (refusal != null) {
                        return RowOutcome.refused(row, refusal);
                    }
                    return isFull
                            ? RowOutcome.refused(
                                    row, new ProblemException(FULL, "A manifest has at most " + MOST + " rows."))
                            : RowOutcome.of(row, outcomes.getOrDefault(row.key(), Outcome.UNCHANGED));
                })
                .toList();
    }
}
