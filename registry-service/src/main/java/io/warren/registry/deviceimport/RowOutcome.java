package io.warren.registry.deviceimport;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.warren.contracts.device.DeviceId;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.transfer.Outcome;
import io.warren.platform.transfer.Row;
import io.warren.platform.transfer.RowProblem;
import org.jspecify.annotations.Nullable;

/**
 * What became of a row.
 *
 * @param line the line on which the row begins, from 1
 * @param id the device; absent if the row does not tell
 * @param outcome what became of it
 * @param problem why it was refused, if it was
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record RowOutcome(
        long line,
        @Nullable DeviceId id,
        Outcome outcome,
        @Nullable RowProblem problem) {

    static RowOutcome of(Row<DeviceId, ?> row, Outcome outcome) {
        return new RowOutcome(row.line(), row.key(), outcome, null);
    }

    static RowOutcome refused(Row<DeviceId, ?> row, ProblemException refusal) {
        return new RowOutcome(row.line(), row.key(), Outcome.REFUSED, RowProblem.of(refusal));
    }
}
