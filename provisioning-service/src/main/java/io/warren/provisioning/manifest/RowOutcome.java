package io.warren.provisioning.manifest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.transfer.Outcome;
import io.warren.platform.transfer.Row;
import io.warren.platform.transfer.RowProblem;
import org.jspecify.annotations.Nullable;

/**
 * What became of a row.
 *
 * @param line the line on which the row begins, from 1
 * @param element the element; absent if the row does not tell
 * @param outcome what became of it
 * @param problem why it was refused, if it was
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record RowOutcome(
        long line,
        @Nullable String element,
        Outcome outcome,
        @Nullable RowProblem problem) {

    static RowOutcome of(Row<String, Entry> row, Outcome outcome) {
        return new RowOutcome(row.line(), row.key(), outcome, null);
    }

    static RowOutcome refused(Row<String, Entry> row, ProblemException refusal) {
        return new RowOutcome(row.line(), row.key(), Outcome.REFUSED, RowProblem.of(refusal));
    }
}
