package io.warren.registry.job;

import io.warren.contracts.device.TenantId;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import tools.jackson.databind.JsonNode;

/** Work over many devices, and how far it is. */
@Entity
@SuppressWarnings("UnusedVariable") // some columns are read by queries only
class Job {

    private static final ProblemKind NOT_PAUSABLE =
            new ProblemKind("job-not-pausable", HttpStatus.CONFLICT, "Not to be paused or resumed now");

    private static final ProblemKind TOO_LATE =
            new ProblemKind("job-not-cancellable", HttpStatus.CONFLICT, "Too late to cancel");

    private static final int MOST_AT_ONCE = 100;
    private static final int PAGES_A_SECOND = 10;

    /** How much of what was missed while nobody worked is made up for. */
    private static final Duration ARREARS = Duration.ofSeconds(1);

    @Id
    private UUID id;

    private String tenant;
    private String kind;

    @Enumerated(EnumType.STRING)
    private JobState state;

    @JdbcTypeCode(SqlTypes.JSON)
    private Target target;

    @JdbcTypeCode(SqlTypes.JSON)
    private JsonNode request;

    private @Nullable Integer rate;
    private String position;
    private int oneByOne;
    private long done;

    @JdbcTypeCode(SqlTypes.JSON)
    private List<JobView.Failure> failures;

    private @Nullable String reason;
    private @Nullable String idempotencyKey;
    private Instant createdAt;
    private @Nullable Instant startedAt;
    private @Nullable Instant finishedAt;
    private @Nullable Instant dueAt;
    private Instant workedAt;

    @Version
    private long version;

    @SuppressWarnings("NullAway.Init")
    protected Job() {}

    Job(JobOrder order, Instant now) {
        this.id = UUID.randomUUID();
        this.tenant = order.tenant().value();
        this.kind = order.kind();
        this.state = JobState.RUNNING;
        this.target = order.target();
        this.request = order.request();
        this.rate = order.rate();
        this.position = "";
        this.failures = List.of();
        this.idempotencyKey = order.idempotencyKey();
        this.createdAt = now;
        this.dueAt = now;
        this.workedAt = now;
    }

    /** Whether the turn that somebody has taken still holds, with nobody else at it and nothing decided since. */
    boolean isAsTaken(Job taken) {
        return state == taken.state && dueAt != null && dueAt.equals(taken.dueAt);
    }

    /** How many devices are dealt with in a turn: fewer for a low rate, so that they are spread over the second. */
    int pageSize() {
        if (oneByOne > 0) {
            return 1;
        }
        return rate == null ? MOST_AT_ONCE : Math.clamp(rate / PAGES_A_SECOND, 1, MOST_AT_ONCE);
    }

    /** Notes what the next devices came to. */
    void advance(List<JobKind.Outcome> outcomes, Instant now) {
        startedAt = startedAt == null ? now : startedAt;
        position = outcomes.getLast().device().value();
        done += outcomes.size();
        oneByOne = Math.max(0, oneByOne - outcomes.size());
        List<JobView.Failure> all = new ArrayList<>(failures);
        for (JobKind.Outcome outcome : outcomes) {
            if (outcome.reason() != null && all.size() < JobView.MOST_FAILURES) {
                all.add(new JobView.Failure(outcome.device().value(), outcome.reason()));
            }
        }
        if (all.size() > failures.size()) {
            failures = List.copyOf(all);
        }
        dueAt = rate == null ? now : inStep(now).plusNanos(1_000_000_000L * outcomes.size() / rate);
    }

    /** From when the rate counts: from when this turn was due, so that no delay adds up, unless that is long ago. */
    private Instant inStep(Instant now) {
        Instant earliest = now.minus(ARREARS);
        return workedAt.isBefore(earliest) ? earliest : workedAt;
    }

    /** Has the next devices dealt with one by one, because together they cannot be. */
    void goOneByOne(int devices, Instant now) {
        oneByOne = devices;
        dueAt = now;
    }

    /** Every device has been dealt with. */
    void finish(Instant now) {
        startedAt = startedAt == null ? now : startedAt;
        end(JobState.FINISHED, now);
    }

    /** It cannot go on, for a reason that the caller can read. */
    void fail(String why, Instant now) {
        reason = why;
        end(JobState.FAILED, now);
    }

    /**
     * Calls it off; doing that again changes nothing.
     *
     * @param canTakeBack whether something is to be taken back
     */
    void cancel(boolean canTakeBack, Instant now) {
        switch (state) {
            case CANCELLING, CANCELLED -> {}
            case RUNNING, PAUSED -> callOff(canTakeBack, now);
            case FINISHED, FAILED -> {
                if (!canTakeBack) {
                    throw new ProblemException(TOO_LATE, "The job is " + state.wireName() + " already.");
                }
                callOff(true, now);
            }
        }
    }

    /** Has it rest where it is; doing that again changes nothing. */
    void pause() {
        requireGoingOn();
        state = JobState.PAUSED;
        dueAt = null;
    }

    /** Has it go on from where it rests; if it does not rest, nothing changes. */
    void resume(Instant now) {
        requireGoingOn();
        if (state == JobState.PAUSED) {
            state = JobState.RUNNING;
            dueAt = now;
        }
    }

    private void requireGoingOn() {
        if (state != JobState.RUNNING && state != JobState.PAUSED) {
            throw new ProblemException(NOT_PAUSABLE, "The job is " + state.wireName() + " already.");
        }
    }

    private void callOff(boolean canTakeBack, Instant now) {
        if (canTakeBack) {
            state = JobState.CANCELLING;
            finishedAt = null;
            dueAt = now;
        } else {
            end(JobState.CANCELLED, now);
        }
    }

    /** Something was taken back. */
    void tookBack(boolean all, Instant now) {
        if (all) {
            end(JobState.CANCELLED, now);
        } else {
            dueAt = now;
        }
    }

    private void end(JobState last, Instant now) {
        state = last;
        finishedAt = now;
        dueAt = null;
    }

    UUID id() {
        return id;
    }

    TenantId tenant() {
        return new TenantId(tenant);
    }

    String kind() {
        return kind;
    }

    boolean isCancelling() {
        return state == JobState.CANCELLING;
    }

    Target target() {
        return target;
    }

    JsonNode request() {
        return request;
    }

    String position() {
        return position;
    }

    Instant createdAt() {
        return createdAt;
    }

    JobView view(Map<String, Long> counts) {
        return new JobView(
                id,
                kind,
                state,
                target.filter(),
                target.group(),
                request,
                rate,
                target.size(),
                done,
                counts,
                failures,
                reason,
                createdAt,
                startedAt,
                finishedAt);
    }
}
