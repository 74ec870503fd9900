package io.warren.platform.expression;

import io.warren.platform.expression.Condition.Order;
import io.warren.platform.vocabulary.ValueType;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Evaluates conditions in memory. What it answers is what {@link SqlText} makes the database answer. */
final class Evaluation {

    /** By code point, as UTF-8 sorts; {@link String#compareTo} sorts by UTF-16. */
    private static final Comparator<String> BY_CODE_POINT = (one, other) -> {
        int length = Math.min(one.length(), other.length());
        for (int at = 0; at < length; at++) {
            char left = one.charAt(at);
            char right = other.charAt(at);
            if (left != right) {
                // what is beyond U+FFFF is written with surrogates, which lie below the last characters before it
                return Character.isSurrogate(left) == Character.isSurrogate(right)
                        ? Character.compare(left, right)
                        : Boolean.compare(Character.isSurrogate(left), Character.isSurrogate(right));
            }
        }
        return Integer.compare(one.length(), other.length());
    };

    private final Facts facts;

    Evaluation(Facts facts) {
        this.facts = facts;
    }

    boolean test(Condition condition) {
        return switch (condition) {
            case Condition.Constant constant -> constant.value();
            case Condition.All all -> all.parts().stream().allMatch(this::test);
            case Condition.Some some -> some.parts().stream().anyMatch(this::test);
            case Condition.Not not -> !test(not.part());
            case Condition.Equal equal -> equal(value(equal.left()), value(equal.right()));
            case Condition.Ordered ordered -> ordered(value(ordered.left()), ordered.order(), value(ordered.right()));
            case Condition.OneOf oneOf -> {
                Object value = value(oneOf.value());
                yield oneOf.candidates().stream().anyMatch(candidate -> equal(value, candidate.value()));
            }
            case Condition.Has has -> has(value(has.container()), has.element().value());
            case Condition.Matches matches -> matches(value(matches.text()), matches.part(), value(matches.sought()));
        };
    }

    /** A term's value: a text, number, truth value, time, or a list or map as JSON; null if it is missing. */
    @Nullable
    Object value(Term term) {
        return switch (term) {
            case Term.Field field -> facts.value(field);
            case Term.Literal literal -> literal.value();
            case Term.Now _ -> facts.now();
            case Term.Shifted shifted -> value(shifted.time()) instanceof Instant time ? time.plus(shifted.by()) : null;
            case Term.Size size -> size(size.of());
        };
    }

    /** What stands behind the names in a condition. */
    Map<String, @Nullable Object> seen(Condition condition) {
        Map<String, @Nullable Object> seen = new LinkedHashMap<>();
        condition.terms().flatMap(Term::fields).forEach(field -> seen.put(field.toString(), value(field)));
        return Collections.unmodifiableMap(seen);
    }

    private @Nullable Object size(Term.Field field) {
        return switch (value(field)) {
            case String text -> BigDecimal.valueOf(text.codePointCount(0, text.length()));
            case JsonNode container -> BigDecimal.valueOf(container.size());
            case null -> field.path().isEmpty() && field.root() == ValueType.TEXT_MAP ? BigDecimal.ZERO : null;
            default -> null;
        };
    }

    private static boolean equal(@Nullable Object left, @Nullable Object right) {
        return switch (left) {
            case null -> right == null;
            case BigDecimal number -> right instanceof BigDecimal other && number.compareTo(other) == 0;
            case ArrayNode list -> right instanceof ArrayNode other && equalLists(list, other);
            case ObjectNode map -> right instanceof ObjectNode other && equalMaps(map, other);
            default -> left.equals(right);
        };
    }

    private static boolean equalLists(ArrayNode left, ArrayNode right) {
        if (left.size() != right.size()) {
            return false;
        }
        for (int at = 0; at < left.size(); at++) {
            if (!equal(Facts.json(left.get(at)), Facts.json(right.get(at)))) {
                return false;
            }
        }
        return true;
    }

    private static boolean equalMaps(ObjectNode left, ObjectNode right) {
        return left.size() == right.size()
                && left.propertyStream()
                        .allMatch(entry -> right.has(entry.getKey())
                                && equal(Facts.json(entry.getValue()), Facts.json(right.get(entry.getKey()))));
    }

    private static boolean ordered(@Nullable Object left, Order order, @Nullable Object right) {
        if (left instanceof BigDecimal number && right instanceof BigDecimal other) {
            return order.holds(number.compareTo(other));
        }
        if (left instanceof String text && right instanceof String other) {
            return order.holds(BY_CODE_POINT.compare(text, other));
        }
        return left instanceof Instant time && right instanceof Instant other && order.holds(time.compareTo(other));
    }

    private static boolean has(@Nullable Object container, @Nullable Object element) {
        return switch (container) {
            case ArrayNode list -> list.valueStream().anyMatch(present -> equal(Facts.json(present), element));
            case ObjectNode map -> element instanceof String key && map.has(key);
            case null, default -> false;
        };
    }

    private static boolean matches(@Nullable Object text, Condition.Part part, @Nullable Object sought) {
        if (!(text instanceof String whole) || !(sought instanceof String piece)) {
            return false;
        }
        return switch (part) {
            case START -> whole.startsWith(piece);
            case END -> whole.endsWith(piece);
            case ANYWHERE -> whole.contains(piece);
        };
    }
}
