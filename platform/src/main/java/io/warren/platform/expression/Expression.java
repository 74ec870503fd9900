package io.warren.platform.expression;

import io.warren.platform.vocabulary.SqlNames;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A condition that was read and found good. It is true or false for everything, never an error; what in it is missing is
 * {@code null}. Instances are immutable and can be shared.
 */
public final class Expression {

    private final String source;
    private final Condition condition;

    Expression(String source, Condition condition) {
        this.source = source;
        this.condition = condition;
    }

    /** What was written. */
    public String source() {
        return source;
    }

    /** Whether it is true of what is known. */
    public boolean test(Facts facts) {
        return new Evaluation(facts).test(condition);
    }

    /** Says of each part what it saw and what came of it, in the order in which they were written. */
    public List<Finding> explain(Facts facts) {
        Evaluation evaluation = new Evaluation(facts);
        return condition
                .leaves()
                .distinct()
                .sorted(Comparator.comparingInt(leaf -> leaf.range().start()))
                .map(leaf -> new Finding(
                        leaf.range().of(source),
                        leaf.range().start(),
                        leaf.range().end(),
                        evaluation.seen(leaf),
                        evaluation.test(leaf)))
                .toList();
    }

    /**
     * The same as a condition of SQL, for the {@code WHERE} of a PostgreSQL statement: NULL means false.
     *
     * @param names where the values are
     * @param now the time of the evaluation
     */
    public Sql sql(SqlNames names, Instant now) {
        return sql(names, Definitions.NONE, now);
    }

    /**
     * The same, with elements of a list that are not in the database.
     *
     * @param definitions what defines them
     * @throws io.warren.platform.problem.ProblemException of kind {@code invalid-expression} if it asks for too much of them
     */
    public Sql sql(SqlNames names, Definitions definitions, Instant now) {
        definitions.requireBounded(condition);
        return new SqlText(names, definitions, now).condition(condition);
    }

    Condition condition() {
        return condition;
    }

    /** The names of the vocabulary that stand in it. */
    public Set<String> names() {
        return condition.terms().flatMap(Term::fields).map(Term.Field::name).collect(Collectors.toUnmodifiableSet());
    }

    /** Whether it can turn true or false as time goes by, without anything else changing. */
    public boolean dependsOnTime() {
        return condition.terms().anyMatch(Term::isOfNow);
    }

    @Override
    public String toString() {
        return source;
    }
}
