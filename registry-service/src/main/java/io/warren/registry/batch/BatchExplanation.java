package io.warren.registry.batch;

import io.warren.contracts.device.DeviceAddress;
import io.warren.platform.expression.Expression;
import io.warren.platform.expression.Facts;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.platform.problem.Violation;
import io.warren.registry.explain.Absence;
import io.warren.registry.explain.Blocker;
import io.warren.registry.explain.ExplainedKind;
import io.warren.registry.job.JobView;
import io.warren.registry.job.JobViews;
import io.warren.registry.query.DeviceSearch;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Says what became, for a device, of a command that was given to many. */
@Component
class BatchExplanation implements ExplainedKind {

    private final JobViews jobs;
    private final DeviceSearch search;
    private final JdbcClient jdbc;

    BatchExplanation(JobViews jobs, DeviceSearch search, JdbcClient jdbc) {
        this.jobs = jobs;
        this.search = search;
        this.jdbc = jdbc;
    }

    @Override
    public String kind() {
        return "batch";
    }

    @Override
    public Explained explain(DeviceAddress device, String id, Facts facts) {
        JobView job = jobs.get(device.tenant(), uuid(id));
        if (!job.kind().equals(CommandBatch.NAME)) {
            throw noBatch("batch: and the id of a job of kind " + CommandBatch.NAME + ", not of kind " + job.kind());
        }
        Expression target = target(job);
        Optional<String> command = jdbc.sql("SELECT state FROM command WHERE batch = ? AND tenant = ? AND device = ?")
                .params(job.id(), device.tenant().value(), device.device().value())
                .query(String.class)
                .optional();
        return new Explained(
                target,
                command.map(state -> given(state, facts)).orElseGet(() -> notGiven(device, job, target, facts)));
    }

    private Expression target(JobView job) {
        String group = job.group();
        String filter = job.filter();
        return group == null
                ? search.language().compile(filter == null ? "true" : filter, "for")
                : search.membership(group);
    }

    private static List<Blocker> given(String state, Facts facts) {
        List<Blocker> blockers = new ArrayList<>();
        if (state.equals("QUEUED")) {
            blockers.addAll(Absence.of(facts));
        }
        if (!state.equals("SUCCEEDED")) {
            blockers.add(new Blocker(
                    "command-" + state.toLowerCase(Locale.ROOT),
                    "The device was given the command, which is " + state.toLowerCase(Locale.ROOT) + " now."));
        }
        return blockers;
    }

    private static List<Blocker> notGiven(DeviceAddress device, JobView job, Expression target, Facts facts) {
        List<Blocker> skipped = job.failures().stream()
                .filter(failure -> failure.device().equals(device.device().value()))
                .map(failure -> new Blocker("skipped", failure.reason()))
                .toList();
        if (!skipped.isEmpty()) {
            return skipped;
        }
        if (!target.test(facts)) {
            return List.of(new Blocker("target-not-met", "The target is not true of the device: see the parts."));
        }
        return List.of(
                job.finishedAt() == null
                        ? new Blocker("due", "The batch has not come to the device, if it is for it.")
                        : new Blocker(
                                "not-given",
                                "The device is not on the list, or the target was not true of it when its turn came, or what"
                                        + " became of it is no longer kept."));
    }

    private static UUID uuid(String id) {
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            throw noBatch("batch: and a UUID");
        }
    }

    private static ProblemException noBatch(String detail) {
        return new ProblemException(
                ProblemKind.INVALID, "There is no such batch.", List.of(new Violation("for", detail)));
    }
}
