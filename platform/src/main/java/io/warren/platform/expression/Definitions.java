package io.warren.platform.expression;

import io.warren.platform.problem.ProblemException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Elements of a list of texts that expressions define: the list has such an element exactly where its expression is true. A
 * definition may ask for elements that others define, but not, in the end, for its own. Written out, none is larger than
 * {@value #MOST_CONDITIONS} conditions, so that what asks for them has a bound as well. Instances are immutable and can be shared.
 */
public final class Definitions {

    /** How many conditions a definition has at most, those of the elements it asks for included. */
    public static final int MOST_CONDITIONS = 100;

    /** How many definitions may ask one for the other. */
    public static final int DEEPEST = 8;

    /** How many conditions and candidates of {@code in} what asks for definitions has at most, written out: SQL has so many parameters. */
    static final int MOST_WRITTEN_OUT = 10_000;

    /** None at all. */
    static final Definitions NONE = new Definitions("", Map.of());

    private final String list;
    private final Map<String, Expression> inOrder;
    private final Map<String, Long> lengths = new HashMap<>();

    private Definitions(String list, Map<String, Expression> inOrder) {
        this.list = list;
        this.inOrder = inOrder;
        inOrder.forEach((element, definition) -> lengths.put(element, length(definition.condition())));
    }

    /**
     * Definitions that can be used together.
     *
     * @param list the name of the list
     * @param definitions by element, the expression that is true where the list has it
     * @param pointer where the last of them was written, for problems
     * @throws ProblemException of kind {@code invalid-expression} if one asks for itself in the end, or for too much
     */
    public static Definitions of(String list, Map<String, Expression> definitions, String pointer) {
        return new Definitions(list, new Ordering(list, definitions, pointer, DEEPEST).ordered());
    }

    /** Definitions that were accepted before, however many of them ask one for the other. */
    public static Definitions kept(String list, Map<String, Expression> definitions, String pointer) {
        return new Definitions(list, new Ordering(list, definitions, pointer, Integer.MAX_VALUE).ordered());
    }

    /** Whether an expression asks for an element, by way of others too; it need not be one that is defined here. */
    public boolean asks(Expression expression, String element) {
        return within(expression).stream().anyMatch(part -> asked(part, list).contains(element));
    }

    /** The names of the vocabulary that an expression's answer depends on, those in what it asks for included. */
    public Set<String> names(Expression expression) {
        Set<String> names = new HashSet<>();
        within(expression).forEach(part -> names.addAll(part.names()));
        return names;
    }

    /** Whether an expression, or what it asks for, can turn true or false as time goes by. */
    public boolean dependOnTime(Expression expression) {
        return within(expression).stream().anyMatch(Expression::dependsOnTime);
    }

    /** The same facts, with all of the elements that are defined here and whose definitions are true of them. */
    public Facts in(Facts facts) {
        if (inOrder.isEmpty()) {
            return facts;
        }
        ArrayNode elements = JsonNodeFactory.instance.arrayNode();
        facts.texts(list).stream()
                .filter(element -> !inOrder.containsKey(element))
                .forEach(elements::add);
        Facts growing = facts.with(list, elements);
        inOrder.forEach((element, definition) -> {
            if (definition.test(growing)) {
                elements.add(element);
            }
        });
        ArrayNode sorted = JsonNodeFactory.instance.arrayNode();
        new TreeSet<>(growing.texts(list)).forEach(sorted::add);
        return facts.with(list, sorted);
    }

    /** What defines an element of a list; null if nothing does. */
    @Nullable
    Condition condition(String name, Object element) {
        Expression definition = name.equals(list) && element instanceof String text ? inOrder.get(text) : null;
        return definition == null ? null : definition.condition();
    }

    /**
     * Makes sure that a condition is not too much together with what it asks for.
     *
     * @throws ProblemException of kind {@code invalid-expression} if it is
     */
    void requireBounded(Condition condition) {
        if (length(condition) > MOST_WRITTEN_OUT) {
            throw ExpressionProblems.invalid(
                    "",
                    "with what it asks for, this would have more than " + MOST_WRITTEN_OUT
                            + " conditions and candidates",
                    null,
                    "ask for fewer elements of " + list);
        }
    }

    private long length(Condition condition) {
        return switch (condition) {
            case Condition.All all ->
                all.parts().stream().mapToLong(this::length).sum();
            case Condition.Some some ->
                some.parts().stream().mapToLong(this::length).sum();
            case Condition.Not not -> length(not.part());
            case Condition.OneOf oneOf -> 1L + oneOf.candidates().size();
            default ->
                memberships(condition, list)
                        .mapToLong(element -> lengths.getOrDefault(element, 1L))
                        .findFirst()
                        .orElse(1);
        };
    }

    /** An expression and the definitions of what it asks for, by way of others too. */
    private Collection<Expression> within(Expression expression) {
        Set<Expression> found = new LinkedHashSet<>();
        Deque<Expression> open = new ArrayDeque<>(Set.of(expression));
        while (!open.isEmpty()) {
            Expression next = open.pop();
            if (found.add(next)) {
                asked(next, list).stream().map(inOrder::get).forEach(definition -> {
                    if (definition != null) {
                        open.push(definition);
                    }
                });
            }
        }
        return found;
    }

    private static Set<String> asked(Expression expression, String list) {
        Set<String> asked = new TreeSet<>();
        memberships(expression.condition(), list).forEach(asked::add);
        return asked;
    }

    private static Stream<String> memberships(Condition condition, String list) {
        return switch (condition) {
            case Condition.All all -> all.parts().stream().flatMap(part -> memberships(part, list));
            case Condition.Some some -> some.parts().stream().flatMap(part -> memberships(part, list));
            case Condition.Not not -> memberships(not.part(), list);
            case Condition.Has(Term.Field container, Term.Literal literal, Range _)
            when container.name().equals(list) && literal.value() instanceof String element -> Stream.of(element);
            default -> Stream.empty();
        };
    }

    /** Puts definitions into an order in which each comes after those that it asks for. */
    private static final class Ordering {

        private final String list;
        private final Map<String, Expression> definitions;
        private final String pointer;
        private final Map<String, Expression> ordered = new LinkedHashMap<>();
        private final int deepest;
        private final Map<String, Integer> sizes = new HashMap<>();
        private final Map<String, Integer> depths = new HashMap<>();
        private final Set<String> way = new LinkedHashSet<>();

        Ordering(String list, Map<String, Expression> definitions, String pointer, int deepest) {
            this.list = list;
            this.definitions = new TreeMap<>(definitions);
            this.pointer = pointer;
            this.deepest = deepest;
        }

        Map<String, Expression> ordered() {
            definitions.keySet().forEach(this::visit);
            return ordered;
        }

        private void visit(String element) {
            Expression definition = definitions.get(element);
            if (definition == null || ordered.containsKey(element)) {
                return;
            }
            if (!way.add(element)) {
                throw refused(element + " would lead back to itself: " + String.join(", ", way) + ", " + element);
            }
            Set<String> asked = asked(definition, list);
            asked.forEach(this::visit);
            int depth = 1
                    + asked.stream()
                            .mapToInt(other -> depths.getOrDefault(other, 0))
                            .max()
                            .orElse(0);
            if (depth > deepest) {
                throw refused("more than " + deepest + " would ask one for the other, from " + element + " on");
            }
            way.remove(element);
            depths.put(element, depth);
            int size = size(definition.condition());
            if (size > MOST_CONDITIONS) {
                throw refused(element + " would have more than " + MOST_CONDITIONS
                        + " conditions, those of what it asks for included");
            }
            sizes.put(element, size);
            ordered.put(element, definition);
        }

        private int size(Condition condition) {
            return switch (condition) {
                case Condition.All all ->
                    all.parts().stream().mapToInt(this::size).sum();
                case Condition.Some some ->
                    some.parts().stream().mapToInt(this::size).sum();
                case Condition.Not not -> size(not.part());
                default ->
                    memberships(condition, list)
                            .mapToInt(element -> sizes.getOrDefault(element, 1))
                            .findFirst()
                            .orElse(1);
            };
        }

        private ProblemException refused(String detail) {
            return ExpressionProblems.invalid(pointer, detail, null, null);
        }
    }
}
