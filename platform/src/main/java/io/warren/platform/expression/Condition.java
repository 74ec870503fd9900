package io.warren.platform.expression;

import java.util.List;
import java.util.stream.Stream;

/**
 * What is true or false, and never anything else: the one form that an expression is brought into and that everything else is
 * made of.
 */
sealed interface Condition {

    /** Where it was written. */
    Range range();

    /** The smallest conditions that somebody wrote: what {@code and}, {@code or} and {@code not} join. */
    default Stream<Condition> leaves() {
        return switch (this) {
            case All all -> all.parts().stream().flatMap(Condition::leaves);
            case Some some -> some.parts().stream().flatMap(Condition::leaves);
            case Not not
            when !not.part().range().equals(not.range()) -> not.part().leaves();
            default -> Stream.of(this);
        };
    }

    /** The terms in it, those of its parts included. */
    default Stream<Term> terms() {
        return switch (this) {
            case Constant _ -> Stream.empty();
            case All all -> all.parts().stream().flatMap(Condition::terms);
            case Some some -> some.parts().stream().flatMap(Condition::terms);
            case Not not -> not.part().terms();
            case Equal equal -> Stream.of(equal.left(), equal.right());
            case Ordered ordered -> Stream.of(ordered.left(), ordered.right());
            case OneOf oneOf -> Stream.of(oneOf.value());
            case Has has -> Stream.of(has.container());
            case Matches matches -> Stream.of(matches.text(), matches.sought());
        };
    }

    /** True or false, whatever the device. */
    record Constant(boolean value, Range range) implements Condition {}

    /** Whether each of them is true. */
    record All(List<Condition> parts, Range range) implements Condition {}

    /** Whether one of them is true. */
    record Some(List<Condition> parts, Range range) implements Condition {}

    /** Whether it is false. */
    record Not(Condition part, Range range) implements Condition {}

    /** Whether both have the same JSON value; one that is missing has the value null. */
    record Equal(Term left, Term right, Range range) implements Condition {}

    /** Whether both are numbers, texts or times, and in this order. */
    record Ordered(Term left, Order order, Term right, Range range) implements Condition {}

    /** Whether it equals one of these. */
    record OneOf(Term value, List<Term.Literal> candidates, Range range) implements Condition {}

    /** Whether a list has this element, or a map this key. */
    record Has(Term.Field container, Term.Literal element, Range range) implements Condition {}

    /** Whether both are texts, and one is this part of the other. */
    record Matches(Part part, Term text, Term sought, Range range) implements Condition {}

    /** A part of a text. */
    enum Part {
        START("startsWith"),
        END("endsWith"),
        ANYWHERE("contains");

        private final String function;

        Part(String function) {
            this.function = function;
        }

        /** The name of the function that looks for it. */
        String function() {
            return function;
        }
    }

    /** How two values lie to each other. */
    enum Order {
        LESS("<"),
        LESS_OR_EQUAL("<="),
        GREATER(">"),
        GREATER_OR_EQUAL(">=");

        private final String sign;

        Order(String sign) {
            this.sign = sign;
        }

        /** How it is written, in CEL as in SQL. */
        String sign() {
            return sign;
        }

        boolean holds(int comparison) {
            return switch (this) {
                case LESS -> comparison < 0;
                case LESS_OR_EQUAL -> comparison <= 0;
                case GREATER -> comparison > 0;
                case GREATER_OR_EQUAL -> comparison >= 0;
            };
        }

        /** The same with the sides exchanged. */
        Order mirrored() {
            return switch (this) {
                case LESS -> GREATER;
                case LESS_OR_EQUAL -> GREATER_OR_EQUAL;
                case GREATER -> LESS;
                case GREATER_OR_EQUAL -> LESS_OR_EQUAL;
            };
        }
    }
}
