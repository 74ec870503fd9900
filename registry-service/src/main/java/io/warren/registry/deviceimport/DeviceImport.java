package io.warren.registry.deviceimport;

import io.warren.contracts.device.DeviceId;
import io.warren.contracts.device.TenantId;
import io.warren.platform.database.Unstorable;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.platform.problem.Violation;
import io.warren.platform.transfer.AnswerLines;
import io.warren.platform.transfer.Chunk;
import io.warren.platform.transfer.ImportSummary;
import io.warren.platform.transfer.Outcome;
import io.warren.platform.transfer.Row;
import io.warren.platform.transfer.Rows;
import io.warren.registry.device.DeviceDescription;
import io.warren.registry.device.DeviceRegistration;
import io.warren.registry.device.DeviceRegistration.Change;
import io.warren.registry.tenant.Tenants;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Puts the devices of an import, some hundreds in a transaction. What was answered is kept; when it breaks off, the whole can be
 * sent again.
 */
@Service
class DeviceImport {

    private static final ProblemKind EXISTS =
            new ProblemKind("device-exists", HttpStatus.CONFLICT, "There is such a device");

    private static final int MOST_AT_ONCE = 500;

    private final DeviceRegistration devices;
    private final Tenants tenants;
    private final Validator validator;
    private final TransactionTemplate transaction;

    DeviceImport(DeviceRegistration devices, Tenants tenants, Validator validator, TransactionTemplate transaction) {
        this.devices = devices;
        this.tenants = tenants;
        this.validator = validator;
        this.transaction = transaction;
    }

    /**
     * How an import is meant.
     *
     * @param onlyNew whether devices that exist are refused
     * @param dryRun whether everything is tried and nothing kept
     */
    record Options(boolean onlyNew, boolean dryRun) {}

    /** Puts one chunk after the other and answers each before the next, holding no connection to the database meanwhile. */
    void run(TenantId tenant, Rows<DeviceId, DeviceDescription> rows, Options options, AnswerLines answer)
            throws IOException {
        transaction.executeWithoutResult(_ -> tenants.hold(tenant));
        ImportSummary.Tally tally = new ImportSummary.Tally();
        Chunk<DeviceId, DeviceDescription> chunk = new Chunk<>(MOST_AT_ONCE);
        for (Row<DeviceId, DeviceDescription> row = next(rows); row != null; row = next(rows)) {
            if (!chunk.takes(row)) {
                answer(put(tenant, chunk, options), tally, answer);
                chunk = new Chunk<>(MOST_AT_ONCE);
            }
            chunk.add(row);
        }
        answer(put(tenant, chunk, options), tally, answer);
        answer.write(List.of(tally.summary(rows.isWhole(), options.dryRun())));
    }

    /** The next row, or its refusal if what it says of its device is not allowed. */
    private @Nullable Row<DeviceId, DeviceDescription> next(Rows<DeviceId, DeviceDescription> rows) {
        Row<DeviceId, DeviceDescription> row = rows.next();
        if (row == null || row.value() == null) {
            return row;
        }
        Set<ConstraintViolation<DeviceDescription>> violations = validator.validate(row.value());
        return violations.isEmpty()
                ? row
                : Row.invalid(
                        row.line(),
                        row.key(),
                        violations.stream().map(Violation::at).toList());
    }

    private static void answer(List<RowOutcome> outcomes, ImportSummary.Tally tally, AnswerLines answer)
            throws IOException {
        outcomes.forEach(each -> tally.count(each.outcome()));
        answer.write(outcomes);
    }

    private List<RowOutcome> put(TenantId tenant, Chunk<DeviceId, DeviceDescription> chunk, Options options) {
        Map<DeviceId, Function<Row<DeviceId, DeviceDescription>, RowOutcome>> outcomes = new HashMap<>();
        put(tenant, chunk.values(), options, outcomes);
        return chunk.rows().stream()
                .map(row -> {
                    ProblemException refusal = row.refusal();
                    return refusal == null
                            ? Objects.requireNonNull(outcomes.get(row.key())).apply(row)
                            : RowOutcome.refused(row, refusal);
                })
                .toList();
    }

    /** Puts devices together; if one of them is refused, each half by itself, until it is the only one. */
    private void put(
            TenantId tenant,
            Map<DeviceId, DeviceDescription> descriptions,
            Options options,
            Map<DeviceId, Function<Row<DeviceId, DeviceDescription>, RowOutcome>> outcomes) {
        if (descriptions.isEmpty()) {
            return;
        }
        try {
            putTogether(tenant, descriptions, options)
                    .forEach((id, change) -> outcomes.put(id, row -> outcome(row, change)));
        } catch (ProblemException | DataIntegrityViolationException e) {
            if (descriptions.size() == 1) {
                ProblemException refusal = refusal(e);
                descriptions.keySet().forEach(id -> outcomes.put(id, row -> RowOutcome.refused(row, refusal)));
                return;
            }
            List<DeviceId> ids = new ArrayList<>(descriptions.keySet());
            for (List<DeviceId> half :
                    List.of(ids.subList(0, ids.size() / 2), ids.subList(ids.size() / 2, ids.size()))) {
                Map<DeviceId, DeviceDescription> ofHalf = new HashMap<>(descriptions);
                ofHalf.keySet().retainAll(Set.copyOf(half));
                put(tenant, ofHalf, options, outcomes);
            }
        }
    }

    /** Begins once again if others and it were waiting for each other and the database has ended it: they get on then. */
    private Map<DeviceId, Change> putTogether(
            TenantId tenant, Map<DeviceId, DeviceDescription> descriptions, Options options) {
        try {
            return inOneTransaction(tenant, descriptions, options);
        } catch (PessimisticLockingFailureException e) {
            return inOneTransaction(tenant, descriptions, options);
        }
    }

    private Map<DeviceId, Change> inOneTransaction(
            TenantId tenant, Map<DeviceId, DeviceDescription> descriptions, Options options) {
        return Objects.requireNonNull(transaction.execute(status -> {
            if (options.dryRun()) {
                status.setRollbackOnly();
            }
            return devices.putAll(tenant, descriptions, options.onlyNew());
        }));
    }

    private static RowOutcome outcome(Row<DeviceId, ?> row, Change change) {
        return switch (change) {
            case CREATED -> RowOutcome.of(row, Outcome.CREATED);
            case UPDATED -> RowOutcome.of(row, Outcome.UPDATED);
            case UNCHANGED -> RowOutcome.of(row, Outcome.UNCHANGED);
            case REFUSED ->
                RowOutcome.refused(
                        row, new ProblemException(EXISTS, "The device exists, and only new ones were asked for."));
        };
    }

    /** What is wrong with a row; a failure that is not the row's own goes on as it is. */
    private static ProblemException refusal(RuntimeException failure) {
        if (failure instanceof ProblemException problem) {
            if (problem.kind().status().is5xxServerError()) {
                throw problem;
            }
            return problem;
        }
        return new ProblemException(
                ProblemKind.INVALID, Unstorable.reason(failure).orElseThrow(() -> failure));
    }
}
