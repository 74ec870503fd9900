package io.warren.platform.expression;

import io.warren.platform.vocabulary.ValueType;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is known when an expression is evaluated in memory.
 *
 * @param values the values by the parts of their names: {@code {"device": {"id": …, "tags": {…}, "state": {"reported": {…}}}}};
 *     times are texts of RFC 3339. To lose no digit, numbers are read with
 *     {@code DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS}
 * @param now the time of the evaluation
 */
public record Facts(ObjectNode values, Instant now) {

    public Facts {
        now = Times.inMicroseconds(now);
    }

    /** A field's value: a text, number, truth value, time, or a list or map as JSON; null if it is missing. */
    @Nullable
    Object value(Term.Field field) {
        JsonNode node = values;
        for (String step : field.name().split("\\.", -1)) {
            node = node instanceof ObjectNode object ? object.get(step) : null;
        }
        for (String key : field.path()) {
            node = node instanceof ObjectNode object ? object.get(key) : null;
        }
        if (node == null) {
            return null;
        }
        return switch (field.path().isEmpty() ? field.root() : ValueType.JSON) {
            case TEXT -> node.isString() ? node.stringValue() : null;
            case BOOLEAN -> node.isBoolean() ? node.booleanValue() : null;
            case TIME -> node.isString() ? time(node.stringValue()).orElse(null) : null;
            case TEXTS -> node.isArray() ? node : null;
            case TEXT_MAP -> node.isObject() ? node : null;
            case JSON -> json(node);
        };
    }

    /** The same with another list behind a name. */
    Facts with(String name, ArrayNode list) {
        return new Facts(with(values, List.of(name.split("\\.", -1)), list), now);
    }

    private static ObjectNode with(JsonNode object, List<String> steps, ArrayNode list) {
        ObjectNode copy = JsonNodeFactory.instance.objectNode();
        if (object instanceof ObjectNode values) {
            copy.setAll(values);
        }
        String first = steps.getFirst();
        copy.set(first, steps.size() == 1 ? list : with(copy.path(first), steps.subList(1, steps.size()), list));
        return copy;
    }

    /** The elements of the list of texts behind a name; none if it is missing. */
    List<String> texts(String name) {
        return value(new Term.Field(name, ValueType.TEXTS, List.of())) instanceof ArrayNode list
                ? list.valueStream().map(JsonNode::asString).toList()
                : List.of();
    }

    /** A JSON value in the form in which it is compared. */
    static @Nullable Object json(JsonNode node) {
        return switch (node) {
            case JsonNode text when text.isString() -> text.stringValue();
            case JsonNode truth when truth.isBoolean() -> truth.booleanValue();
            case JsonNode number when number.isNumber() -> number(number);
            case JsonNode container when container.isContainer() -> container;
            default -> null;
        };
    }

    private static @Nullable BigDecimal number(JsonNode number) {
        return number.isFloatingPointNumber() && !number.isBigDecimal() && !Double.isFinite(number.doubleValue())
                ? null
                : number.decimalValue();
    }

    private static Optional<Instant> time(String text) {
        try {
            return Optional.of(Times.inMicroseconds(OffsetDateTime.parse(text).toInstant()));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
