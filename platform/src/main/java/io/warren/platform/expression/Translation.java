package io.warren.platform.expression;

import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelCall;
import dev.cel.common.ast.CelExpr.ExprKind;
import io.warren.platform.expression.Condition.Order;
import io.warren.platform.expression.Condition.Part;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.vocabulary.ValueType;
import io.warren.platform.vocabulary.ValueType.Kind;
import io.warren.platform.vocabulary.Vocabulary;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Brings what CEL has parsed and checked into our own form. It refuses what the form has no place for, and comparisons that can
 * never be true because of what stands on their sides.
 */
final class Translation {

    private static final String NOT_SUPPORTED = " is not supported in expressions";
    private static final Set<Kind> CONTAINERS = EnumSet.of(Kind.LIST, Kind.MAP);
    private static final Set<Kind> SIZED = EnumSet.of(Kind.TEXT, Kind.LIST, Kind.MAP);
    private static final Set<Kind> ORDERED = EnumSet.of(Kind.TEXT, Kind.NUMBER, Kind.TIME);

    private final FieldNames names;
    private final SourceText text;
    private final String pointer;
    private int nodes;

    Translation(Vocabulary vocabulary, SourceText text, String pointer) {
        this.names = new FieldNames(vocabulary);
        this.text = text;
        this.pointer = pointer;
    }

    /** The condition that an expression is. */
    Condition condition(CelExpr expression) {
        count(expression);
        Range range = text.range(expression);
        return switch (expression.getKind()) {
            case SELECT -> expression.select().testOnly() ? isThere(expression, range) : isTrue(expression, range);
            case CALL -> call(expression, range);
            default -> isTrue(expression, range);
        };
    }

    /** The field that an expression names, of which there is one value and not many. */
    Term.Field scalar(CelExpr expression) {
        if (operand(expression) instanceof Value(Term.Field field) && !isWhole(field) && !isDocument(field)) {
            return field;
        }
        throw refusal(expression, "the name of a single value is expected here, such as device.tags.site");
    }

    private Condition call(CelExpr expression, Range range) {
        CelCall call = expression.call();
        return switch (call.function()) {
            case "_&&_" -> new Condition.All(joined(expression, "_&&_"), range);
            case "_||_" -> new Condition.Some(joined(expression, "_||_"), range);
            case "!_" -> new Condition.Not(condition(call.args().getFirst()), range);
            case "_?_:_" -> choice(call, range);
            case "_==_" -> equality(expression, range);
            case "_!=_" -> new Condition.Not(equality(expression, range), range);
            case "_<_" -> order(expression, Order.LESS, range);
            case "_<=_" -> order(expression, Order.LESS_OR_EQUAL, range);
            case "_>_" -> order(expression, Order.GREATER, range);
            case "_>=_" -> order(expression, Order.GREATER_OR_EQUAL, range);
            case "@in" -> membership(expression, range);
            case "startsWith" -> match(expression, Part.START, range);
            case "endsWith" -> match(expression, Part.END, range);
            case "contains" -> match(expression, Part.ANYWHERE, range);
            default -> isTrue(expression, range);
        };
    }

    /** The parts of a chain of the same operation. */
    private List<Condition> joined(CelExpr expression, String function) {
        List<Condition> parts = new ArrayList<>();
        for (CelExpr part : expression.call().args()) {
            if (part.getKind() == ExprKind.Kind.CALL && part.call().function().equals(function)) {
                parts.addAll(joined(part, function));
            } else {
                parts.add(condition(part));
            }
        }
        return parts;
    }

    private Condition choice(CelCall call, Range range) {
        Condition asked = condition(call.args().getFirst());
        Condition then = condition(call.args().get(1));
        Condition otherwise = condition(call.args().get(2));
        return new Condition.Some(
                List.of(
                        new Condition.All(List.of(asked, then), then.range()),
                        new Condition.All(List.of(new Condition.Not(asked, range), otherwise), otherwise.range())),
                range);
    }

    private Condition isThere(CelExpr expression, Range range) {
        return new Condition.Not(new Condition.Equal(tested(expression), Term.Literal.NULL, range), range);
    }

    /** A value in the place of a condition: whether it is true. */
    private Condition isTrue(CelExpr expression, Range range) {
        Term term = term(expression);
        if (term instanceof Term.Literal(Boolean truth)) {
            return new Condition.Constant(truth, range);
        }
        if (!term.kinds().contains(Kind.BOOLEAN)) {
            throw refusal(expression, "a condition is expected here, and this is " + words(term.kinds()));
        }
        return new Condition.Equal(term, Term.Literal.TRUE, range);
    }

    private Condition equality(CelExpr expression, Range range) {
        List<CelExpr> sides = expression.call().args();
        Term left = term(sides.getFirst());
        Term right = term(sides.getLast());
        requireComparable(expression, left, right);
        return new Condition.Equal(left, right, range);
    }

    private void requireComparable(CelExpr expression, Term left, Term right) {
        for (Term side : List.of(left, right)) {
            if (side instanceof Term.Field field && isWhole(field)) {
                throw refusal(
                        expression,
                        field.name() + " can only be compared as a whole in size() and in; name one of its values");
            }
        }
        boolean withNull = left.kinds().isEmpty() || right.kinds().isEmpty();
        if (!withNull && common(left, right).isEmpty()) {
            throw refusal(
                    expression,
                    "this can never be equal: on the left is " + words(left.kinds()) + ", on the right "
                            + words(right.kinds()));
        }
    }

    private Condition order(CelExpr expression, Order order, Range range) {
        List<CelExpr> sides = expression.call().args();
        Operand left = operand(sides.getFirst());
        Operand right = operand(sides.getLast());
        if (left instanceof Distance distance && right instanceof Span span) {
            return distance.compared(order, span, range);
        }
        if (left instanceof Span span && right instanceof Distance distance) {
            return distance.compared(order.mirrored(), span, range);
        }
        Term first = term(left, sides.getFirst());
        Term second = term(right, sides.getLast());
        Set<Kind> common = common(first, second);
        common.retainAll(ORDERED);
        if (common.isEmpty()) {
            throw refusal(
                    expression,
                    "these have no order: on the left is " + words(first.kinds()) + ", on the right "
                            + words(second.kinds()));
        }
        return new Condition.Ordered(first, order, second, range);
    }

    private Condition membership(CelExpr expression, Range range) {
        CelExpr element = expression.call().args().getFirst();
        CelExpr container = expression.call().args().getLast();
        if (container.getKind() == ExprKind.Kind.LIST) {
            return oneOf(expression, element, container.list().elements(), range);
        }
        if (!(term(container) instanceof Term.Field field) || Collections.disjoint(field.kinds(), CONTAINERS)) {
            throw refusal(container, "a list or a map is expected here");
        }
        if (!(term(element) instanceof Term.Literal literal)
                || literal.value() == null
                || literal.value() instanceof Instant) {
            throw refusal(
                    element, "what is looked for in " + field.name() + " must be written down: a text, for instance");
        }
        if (field.root() != ValueType.JSON && !(literal.value() instanceof String)) {
            throw refusal(element, field.name() + " has nothing but texts in it");
        }
        return new Condition.Has(field, literal, range);
    }

    private Condition oneOf(CelExpr expression, CelExpr element, List<CelExpr> candidates, Range range) {
        if (candidates.size() > ExpressionLanguage.MAX_LIST) {
            throw refusal(expression, "a list has at most " + ExpressionLanguage.MAX_LIST + " elements");
        }
        Term value = term(element);
        List<Term.Literal> literals = new ArrayList<>();
        for (CelExpr candidate : candidates) {
            nodes--; // a list has a bound of its own
            if (!(term(candidate) instanceof Term.Literal literal)) {
                throw refusal(candidate, "the elements of a list must be written down: texts, numbers, times");
            }
            requireComparable(candidate, value, literal);
            literals.add(literal);
        }
        return new Condition.OneOf(value, List.copyOf(literals), range);
    }

    private Condition match(CelExpr expression, Part part, Range range) {
        CelCall call = expression.call();
        CelExpr target = call.target().orElseThrow(() -> refusal(expression, "write x." + part.function() + "(y)"));
        CelExpr argument = call.args().getFirst();
        return new Condition.Matches(part, text(target), text(argument), range);
    }

    private Term text(CelExpr expression) {
        Term term = term(expression);
        if (!term.kinds().contains(Kind.TEXT)) {
            throw refusal(expression, "a text is expected here, and this is " + words(term.kinds()));
        }
        return term;
    }

    private Term term(CelExpr expression) {
        return term(operand(expression), expression);
    }

    private Term term(Operand operand, CelExpr expression) {
        return switch (operand) {
            case Value value -> value.term();
            case Distance _ ->
                throw refusal(
                        expression, "a distance between times can only be compared with < <= > >= and duration(…)");
            case Span _ ->
                throw refusal(
                        expression, "a duration can only be added to a time, or compared with a distance of times");
        };
    }

    private Operand operand(CelExpr expression) {
        count(expression);
        return switch (expression.getKind()) {
            case CONSTANT -> new Value(literal(expression));
            case IDENT, SELECT -> new Value(named(expression));
            case CALL -> computed(expression);
            case LIST -> throw refusal(expression, "a list can only stand on the right of in");
            default -> throw refusal(expression, "this" + NOT_SUPPORTED);
        };
    }

    private Operand computed(CelExpr expression) {
        CelCall call = expression.call();
        List<CelExpr> arguments = call.args();
        return switch (call.function()) {
            case "_[_]" -> new Value(named(expression));
            case "size" -> new Value(size(expression, call.target().orElseGet(arguments::getFirst)));
            case "timestamp" ->
                new Value(
                        new Term.Literal(
                                Times.time(constant(arguments.getFirst()))
                                        .orElseThrow(
                                                () -> refusal(
                                                        expression,
                                                        "a time is written as timestamp(\"2026-11-20T09:22:00Z\"), with microseconds at most"))));
            case "duration" ->
                new Span(Times.duration(constant(arguments.getFirst()))
                        .orElseThrow(() -> refusal(
                                expression,
                                "a duration is written as duration(\"1h30m\"), of at most 36500 days (876000h)")));
            case "_+_", "_-_" -> sum(expression, operand(arguments.getFirst()), operand(arguments.getLast()));
            case "matches" ->
                throw refusal(
                        expression,
                        "matches() is left out, because regular expressions differ and can take any time: use startsWith, endsWith or contains");
            case "_&&_",
                    "_||_",
                    "!_",
                    "_==_",
                    "_!=_",
                    "_<_",
                    "_<=_",
                    "_>_",
                    "_>=_",
                    "@in",
                    "startsWith",
                    "endsWith",
                    "contains" -> throw refusal(expression, "a value is expected here, and this is a condition");
            case "_*_", "_/_", "_%_", "-_" -> throw refusal(expression, "arithmetic on numbers" + NOT_SUPPORTED);
            case "_?_:_" -> throw refusal(expression, "? : can choose between conditions, not between values");
            default -> throw refusal(expression, call.function() + "()" + NOT_SUPPORTED);
        };
    }

    private Operand sum(CelExpr expression, Operand left, Operand right) {
        boolean minus = expression.call().function().equals("_-_");
        if (isTime(left) && right instanceof Span span) {
            return shifted(
                    expression, ((Value) left).term(), minus ? span.length().negated() : span.length());
        }
        if (!minus && left instanceof Span span && isTime(right)) {
            return shifted(expression, ((Value) right).term(), span.length());
        }
        if (minus && isTime(left) && isTime(right)) {
            return new Distance(((Value) left).term(), ((Value) right).term());
        }
        if (left instanceof Span first && right instanceof Span second) {
            return new Span(bounded(
                    expression,
                    minus
                            ? first.length().minus(second.length())
                            : first.length().plus(second.length())));
        }
        throw refusal(
                expression,
                "arithmetic" + NOT_SUPPORTED
                        + ", but for times and durations: now - duration(\"1h\"), now - device.lastSeenAt");
    }

    private Operand shifted(CelExpr expression, Term time, Duration by) {
        return new Value(
                time instanceof Term.Shifted shifted
                        ? new Term.Shifted(
                                shifted.time(), bounded(expression, shifted.by().plus(by)))
                        : new Term.Shifted(time, by));
    }

    private Duration bounded(CelExpr expression, Duration duration) {
        if (duration.abs().compareTo(Times.LONGEST) > 0) {
            throw refusal(expression, "the durations add up to more than 36500 days");
        }
        return duration;
    }

    private Term size(CelExpr expression, CelExpr of) {
        Term term = term(of);
        if (term instanceof Term.Field field && field.root() == ValueType.TEXTS) {
            throw refusal(
                    text.range(expression).start(),
                    field.name()
                            + " can only be asked for an element: some of them are worked out when they are asked for",
                    "write \"name\" in " + field.name());
        }
        if (term instanceof Term.Field field && !Collections.disjoint(field.kinds(), SIZED)) {
            return new Term.Size(field);
        }
        throw refusal(expression, "size() is of a name: of a text, a list or a map");
    }

    private Term named(CelExpr expression) {
        if (expression.getKind() == ExprKind.Kind.IDENT
                && expression.ident().name().equals(Vocabulary.NOW)) {
            return new Term.Now();
        }
        return resolved(expression, steps(expression));
    }

    private Term.Field tested(CelExpr expression) {
        List<String> steps = new ArrayList<>(steps(expression.select().operand()));
        steps.add(expression.select().field());
        return resolved(expression, steps);
    }

    private Term.Field resolved(CelExpr expression, List<String> steps) {
        return switch (names.resolve(steps)) {
            case FieldNames.Found(Term.Field field) -> field;
            case FieldNames.Missed(String detail, @Nullable String hint) ->
                throw refusal(text.offset(expression), detail, hint);
        };
    }

    /** The keys that lead from the first name to where an expression points. */
    private List<String> steps(CelExpr expression) {
        List<String> steps = new ArrayList<>();
        CelExpr at = expression;
        while (at.getKind() != ExprKind.Kind.IDENT) {
            if (at.getKind() == ExprKind.Kind.SELECT && !at.select().testOnly()) {
                steps.addFirst(at.select().field());
                at = at.select().operand();
            } else if (at.getKind() == ExprKind.Kind.CALL
                    && at.call().function().equals("_[_]")) {
                CelExpr key = at.call().args().getLast();
                steps.addFirst(storable(
                        key,
                        constant(key)
                                .orElseThrow(() -> refusal(
                                        key, "what stands in [ ] must be a key that is written down: [\"site\"]"))));
                at = at.call().args().getFirst();
            } else {
                throw refusal(at, "a name is expected here");
            }
            count(at);
        }
        steps.addFirst(at.ident().name());
        return steps;
    }

    private Term.Literal literal(CelExpr expression) {
        CelConstant constant = expression.constant();
        return new Term.Literal(
                switch (constant.getKind()) {
                    case NULL_VALUE -> null;
                    case BOOLEAN_VALUE -> constant.booleanValue();
                    case INT64_VALUE -> BigDecimal.valueOf(constant.int64Value());
                    case UINT64_VALUE -> new BigDecimal(constant.uint64Value().bigIntegerValue());
                    case DOUBLE_VALUE -> finite(expression, constant.doubleValue());
                    case STRING_VALUE -> storable(expression, constant.stringValue());
                    default -> throw refusal(expression, "such a literal" + NOT_SUPPORTED);
                });
    }

    private BigDecimal finite(CelExpr expression, double value) {
        if (!Double.isFinite(value)) {
            throw refusal(expression, "this number is too large");
        }
        return BigDecimal.valueOf(value);
    }

    /** A text that can be compared with what is stored, where no text has a NUL in it. */
    private String storable(CelExpr expression, String value) {
        if (value.indexOf('\0') >= 0) {
            throw refusal(expression, "no text in Warren has the character U+0000 in it");
        }
        return value;
    }

    private static Optional<String> constant(CelExpr expression) {
        return expression.getKind() == ExprKind.Kind.CONSTANT
                        && expression.constant().getKind() == CelConstant.Kind.STRING_VALUE
                ? Optional.of(expression.constant().stringValue())
                : Optional.empty();
    }

    private void count(CelExpr expression) {
        if (++nodes > ExpressionLanguage.MAX_NODES) {
            throw refusal(
                    expression,
                    "the expression is too large: it has more than " + ExpressionLanguage.MAX_NODES + " parts");
        }
    }

    private static boolean isTime(Operand operand) {
        return operand instanceof Value(Term term) && term.kinds().contains(Kind.TIME);
    }

    private static boolean isWhole(Term.Field field) {
        return field.path().isEmpty() && (field.root() == ValueType.TEXTS || field.root() == ValueType.TEXT_MAP);
    }

    private static boolean isDocument(Term.Field field) {
        return field.path().isEmpty() && field.root() == ValueType.JSON;
    }

    private static Set<Kind> common(Term left, Term right) {
        Set<Kind> common = EnumSet.noneOf(Kind.class);
        common.addAll(left.kinds());
        common.retainAll(right.kinds());
        return common;
    }

    private static String words(Set<Kind> kinds) {
        return kinds.isEmpty()
                ? "null"
                : kinds.size() == 1 ? kinds.iterator().next().words() : "a JSON value";
    }

    private ProblemException refusal(CelExpr expression, String detail) {
        return refusal(text.range(expression).start(), detail, null);
    }

    private ProblemException refusal(int offset, String detail, @Nullable String hint) {
        return ExpressionProblems.invalid(pointer, detail, text.position(offset), hint);
    }

    /** What an operation works on. */
    private sealed interface Operand {}

    private record Value(Term term) implements Operand {}

    /** How long something takes. */
    private record Span(Duration length) implements Operand {}

    /** From one time to another. */
    private record Distance(Term from, Term to) implements Operand {

        /** Compares times instead: the one that depends on the device stands alone, so that an index can serve it. */
        Condition compared(Order order, Span span, Range range) {
            return to instanceof Term.Field
                    ? new Condition.Ordered(
                            to, order.mirrored(), shift(from, span.length().negated()), range)
                    : new Condition.Ordered(from, order, shift(to, span.length()), range);
        }

        private static Term shift(Term time, Duration by) {
            return time instanceof Term.Shifted shifted
                    ? new Term.Shifted(shifted.time(), shifted.by().plus(by))
                    : new Term.Shifted(time, by);
        }
    }
}
