package io.warren.registry.deviceimport;

import io.warren.contracts.device.DeviceId;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.platform.problem.Violation;
import io.warren.registry.device.DeviceDescription;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A row of an import.
 *
 * @param line the line on which it begins, from 1
 * @param id the device that it is about; absent if it cannot be told
 * @param description what it says of the device; absent if it is refused
 * @param refusal why it is refused, if it is
 * @param bytes about how much of the import it is
 */
record Row(
        long line,
        @Nullable DeviceId id,
        @Nullable DeviceDescription description,
        @Nullable ProblemException refusal,
        int bytes) {

    /** The most bytes of a row. */
    static final int MOST_BYTES = 128 * 1024;

    static Row of(long line, DeviceId id, DeviceDescription description, int bytes) {
        return new Row(line, id, description, null, bytes);
    }

    static Row refused(long line, @Nullable DeviceId id, ProblemException refusal) {
        return new Row(line, id, null, refusal, 0);
    }

    /** A row that is not as it is allowed to be. */
    static Row invalid(long line, @Nullable DeviceId id, List<Violation> violations) {
        return refused(line, id, invalid(violations));
    }

    static Row tooLong(long line) {
        return refused(
                line, null, new ProblemException(ProblemKind.INVALID, "A row has at most " + MOST_BYTES + " bytes."));
    }

    /** The same row, or its refusal if the description is not allowed. */
    Row checkedBy(Validator validator) {
        if (description == null) {
            return this;
        }
        Set<ConstraintViolation<DeviceDescription>> violations = validator.validate(description);
        return violations.isEmpty()
                ? this
                : invalid(line, id, violations.stream().map(Violation::at).toList());
    }

    private static ProblemException invalid(List<Violation> violations) {
        return new ProblemException(ProblemKind.INVALID, "Some fields are not allowed to be as they are.", violations);
    }
}
