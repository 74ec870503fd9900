package io.warren.platform.problem;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An error that the caller is to be told about, thrown wherever it is found. */
public final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient ProblemKind kind;
    private final transient List<Violation> violations;
    private final transient @Nullable Duration retryAfter;

    /** A problem of a kind, with what is wrong this time. */
    public ProblemException(ProblemKind kind, String detail) {
        this(kind, detail, List.of(), null);
    }

    /** A problem with the places at which the request is wrong. */
    public ProblemException(ProblemKind kind, String detail, List<Violation> violations) {
        this(kind, detail, violations, null);
    }

    /** A problem that goes away: the caller is told when to ask again. */
    public ProblemException(ProblemKind kind, String detail, Duration retryAfter) {
        this(kind, detail, List.of(), retryAfter);
    }

    private ProblemException(
            ProblemKind kind, String detail, List<Violation> violations, @Nullable Duration retryAfter) {
        super(detail);
        this.kind = kind;
        this.violations = List.copyOf(violations);
        this.retryAfter = retryAfter;
    }

    /** The kind of problem. */
    public ProblemKind kind() {
        return kind;
    }

    /** Where the request is wrong; empty when that is not a place in it. */
    public List<Violation> violations() {
        return violations;
    }

    /** How long to wait before asking again; absent when waiting does not help. */
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }
}
