package io.warren.provisioning.offlinebundle;

import io.warren.platform.problem.ProblemException;
import java.util.List;
import java.util.function.Consumer;

/**
 * One kind of thing in bundles. Who keeps such things says how they leave, with what is sealed opened, and how they come. Parts are
 * asked in the order of their {@link org.springframework.core.annotation.Order}, what others refer to first.
 *
 * @param <R> one of them as JSON
 */
public interface BundlePart<R extends BundleRow> {

    /** Where in that order groups are. */
    int GROUPS = 100;

    /** Where the deny lists of groups are. */
    int DENIALS = 200;

    /** Where customers' certificate authorities are. */
    int AUTHORITIES = 300;

    /** Where enrolments are. */
    int ENROLLMENTS = 400;

    /** Where the rows of manifests are. */
    int MANIFESTS = 500;

    /** How many rows come at a time, at most. */
    int AT_ONCE = 500;

    /** The member of the bundle that has them. */
    String name();

    /** What they are read as. */
    Class<R> type();

    /**
     * Tells all of them that are to leave, within a transaction of the caller's.
     *
     * @throws ProblemException if one that is asked for by name is not there, or a secret cannot be opened
     */
    void take(Selection selection, Consumer<R> rows);

    /**
     * Puts some, within a transaction of the caller's, which goes on whatever becomes of them.
     *
     * @param rows at most {@value #AT_ONCE}, each of which keeps to what its fields say
     * @return what became of each, in their order
     */
    List<Result> put(Delivery delivery, List<R> rows);
}
