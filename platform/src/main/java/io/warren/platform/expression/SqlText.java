package io.warren.platform.expression;

import io.warren.platform.vocabulary.SqlNames;
import io.warren.platform.vocabulary.ValueType;
import io.warren.platform.vocabulary.ValueType.Kind;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes SQL of conditions. What it makes the database answer is what {@link Evaluation} answers in memory.
 *
 * <p>A condition is never an error, whatever the values are: casts stand behind a {@code CASE} on the type, since the parts of an
 * {@code AND} may be evaluated in any order. It may be NULL for false, which keeps it plain enough for an index; only a negation
 * has to tell them apart.
 */
final class SqlText {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** Of a text that is sorted by, so many characters are compared: places in an order are handed around. */
    private static final int SORTED_LENGTH = 256;

    private static final Sql FALSE = Sql.of("FALSE");

    private final SqlNames names;
    private final Definitions definitions;
    private final Instant now;

    SqlText(SqlNames names, Definitions definitions, Instant now) {
        this.names = names;
        this.definitions = definitions;
        this.now = Times.inMicroseconds(now);
    }

    Sql condition(Condition condition) {
        return switch (condition) {
            case Condition.Constant constant -> Sql.of(constant.value() ? "TRUE" : "FALSE");
            case Condition.All all -> joined(" AND ", conjunction(all.parts()));
            case Condition.Some some ->
                joined(" OR ", some.parts().stream().map(this::condition).toList());
            case Condition.Not not ->
                Sql.of("NOT COALESCE(").then(condition(not.part())).then(", FALSE)");
            case Condition.Equal equal -> equal(equal.left(), equal.right());
            case Condition.Ordered ordered -> ordered(ordered);
            case Condition.OneOf oneOf -> oneOf(oneOf);
            case Condition.Has has -> has(has.container(), has.element());
            case Condition.Matches matches -> matches(matches);
        };
    }

    /**
     * Equalities in one document are asked together, as the containment of all of them: the planner takes several for independent of
     * each other, and so the devices that fulfil them for many more than they are.
     */
    private List<Sql> conjunction(List<Condition> parts) {
        Map<String, ObjectNode> contained = new LinkedHashMap<>();
        List<Sql> conjunction = new ArrayList<>();
        for (Condition part : parts) {
            if (!(part instanceof Condition.Equal(Term.Field field, Term.Literal literal, Range _)
                    && field.isInDocument()
                    && literal.value() != null
                    && added(contained.computeIfAbsent(field.name(), _ -> JSON.objectNode()), field, literal))) {
                conjunction.add(condition(part));
            }
        }
        contained.forEach((name, document) ->
                conjunction.add(Sql.of(names.expression(name)).then(" @> CAST(? AS jsonb)", document.toString())));
        return conjunction;
    }

    /** Adds a value at the place of a field, unless there is another one already. */
    private static boolean added(ObjectNode document, Term.Field field, Term.Literal literal) {
        ObjectNode parent = document;
        for (String key : field.path().subList(0, field.path().size() - 1)) {
            if (!((parent.has(key) ? parent.get(key) : parent.putObject(key)) instanceof ObjectNode next)) {
                return false;
            }
            parent = next;
        }
        String last = field.path().getLast();
        if (parent.has(last)) {
            return false;
        }
        parent.set(last, json(literal.value()));
        return true;
    }

    private static Sql joined(String operator, List<Sql> parts) {
        Sql all = Sql.of("(");
        String separator = "";
        for (Sql part : parts) {
            all = all.then(separator).then(part);
            separator = operator;
        }
        return all.then(")");
    }

    private Sql equal(Term left, Term right) {
        if (isNull(right)) {
            return missing(left);
        }
        if (isNull(left)) {
            return missing(right);
        }
        if (left instanceof Term.Field field && right instanceof Term.Literal literal) {
            return equal(field, literal);
        }
        if (left instanceof Term.Literal literal && right instanceof Term.Field field) {
            return equal(field, literal);
        }
        Set<Kind> kinds = EnumSet.copyOf(left.kinds());
        kinds.addAll(right.kinds());
        Function<Term, Sql> form = kinds.size() == 1 ? form(kinds.iterator().next()) : this::json;
        return joined(" IS NOT DISTINCT FROM ", List.of(form.apply(left), form.apply(right)));
    }

    private Sql equal(Term.Field field, Term.Literal literal) {
        if (field.isInDocument()) {
            return document(field).then(" @> CAST(? AS jsonb)", nested(field, json(literal.value())));
        }
        if (field.root() == ValueType.JSON) {
            return joined(" = ", List.of(json(field), json(literal)));
        }
        if (literal.value() instanceof Boolean truth) {
            return Sql.of(truth ? "" : "NOT ").then(document(field));
        }
        Function<Term, Sql> form = form(field.kinds().iterator().next());
        return joined(" = ", List.of(form.apply(field), form.apply(literal)));
    }

    private static boolean isNull(Term term) {
        return term instanceof Term.Literal literal && literal.value() == null;
    }

    private Sql missing(Term term) {
        return switch (term) {
            case Term.Literal literal -> Sql.of(literal.value() == null ? "TRUE" : "FALSE");
            case Term.Now _ -> FALSE;
            case Term.Shifted shifted -> missing(shifted.time());
            case Term.Size _ -> number(term).then(" IS NULL");
            case Term.Field field
            when field.root() == ValueType.JSON ->
                Sql.of("COALESCE(jsonb_typeof(").then(value(field)).then("), 'null') = 'null'");
            case Term.Field field -> value(field).then(" IS NULL");
        };
    }

    private Sql ordered(Condition.Ordered condition) {
        Set<Kind> common = EnumSet.copyOf(condition.left().kinds());
        common.retainAll(condition.right().kinds());
        List<Sql> alternatives = new ArrayList<>();
        for (Kind kind : List.of(Kind.NUMBER, Kind.TEXT, Kind.TIME)) {
            if (common.contains(kind)) {
                String collation = kind == Kind.TEXT ? " COLLATE \"C\" " : " ";
                alternatives.add(form(kind)
                        .apply(condition.left())
                        .then(collation + condition.order().sign() + " ")
                        .then(form(kind).apply(condition.right())));
            }
        }
        return joined(" OR ", alternatives);
    }

    private Sql oneOf(Condition.OneOf condition) {
        List<Term.Literal> candidates = condition.candidates();
        if (condition.value() instanceof Term.Field field && !candidates.contains(Term.Literal.NULL)) {
            if (field.isInDocument()) {
                String[] documents = candidates.stream()
                        .map(candidate -> nested(field, json(candidate.value())))
                        .toArray(String[]::new);
                return document(field).then(" @> ANY (CAST(? AS jsonb[]))", (Object) documents);
            }
            if (field.root() == ValueType.TEXT) {
                String[] texts = candidates.stream()
                        .map(candidate -> String.valueOf(candidate.value()))
                        .toArray(String[]::new);
                return document(field).then(" = ANY (CAST(? AS text[]))", (Object) texts);
            }
        }
        return candidates.isEmpty()
                ? FALSE
                : joined(
                        " OR ",
                        candidates.stream()
                                .map(candidate -> equal(condition.value(), candidate))
                                .toList());
    }

    private Sql has(Term.Field container, Term.Literal element) {
        Object sought = Objects.requireNonNull(element.value());
        if (container.root() == ValueType.TEXTS) {
            Condition definition = definitions.condition(container.name(), sought);
            if (definition != null) {
                return condition(definition);
            }
            String membership = names.membership(container.name());
            return membership == null
                    ? Sql.of("CAST(? AS text) = ANY (", sought)
                            .then(value(container))
                            .then(")")
                    : Sql.of(membership, sought);
        }
        Sql asElement = document(container)
                .then(" @> CAST(? AS jsonb)", nested(container, JSON.arrayNode().add(json(sought))));
        if (!(sought instanceof String)) {
            return asElement;
        }
        Sql asKey = Sql.of("(").then(value(container)).then(" -> CAST(? AS text)) IS NOT NULL", sought);
        return container.root() == ValueType.TEXT_MAP ? asKey : joined(" OR ", List.of(asElement, asKey));
    }

    private Sql matches(Condition.Matches condition) {
        Sql text = text(condition.text());
        Sql sought = text(condition.sought());
        return switch (condition.part()) {
            case START ->
                Sql.of("starts_with(").then(text).then(", ").then(sought).then(")");
            case END ->
                Sql.of("right(")
                        .then(text)
                        .then(", char_length(")
                        .then(sought)
                        .then(")) = ")
                        .then(sought);
            case ANYWHERE ->
                Sql.of("strpos(").then(text).then(", ").then(sought).then(") > 0");
        };
    }

    /** What a field is sorted by: where it can be of several kinds, each has a key, and only one of them is not NULL. */
    List<NamedValue.Key> keys(Term.Field field) {
        List<NamedValue.Key> keys = new ArrayList<>();
        Set<Kind> kinds = field.kinds();
        if (kinds.contains(Kind.NUMBER)) {
            keys.add(new NamedValue.Key(number(field), "numeric"));
        }
        if (kinds.contains(Kind.TEXT)) {
            Sql start = Sql.of("left(").then(text(field)).then(", " + SORTED_LENGTH + ")");
            keys.add(new NamedValue.Key(start.then(" COLLATE \"C\""), "text"));
        }
        if (kinds.contains(Kind.TIME)) {
            keys.add(new NamedValue.Key(time(field), "timestamptz"));
        }
        if (kinds.contains(Kind.BOOLEAN)) {
            keys.add(new NamedValue.Key(truth(field), "boolean"));
        }
        return keys;
    }

    private Sql truth(Term.Field field) {
        return field.root() == ValueType.JSON
                ? ofType(
                        "boolean",
                        value(field),
                        Sql.of("CAST(").then(value(field)).then(" AS boolean)"))
                : value(field);
    }

    /** How values of one kind are written; what is of another kind is NULL. */
    private Function<Term, Sql> form(Kind kind) {
        return switch (kind) {
            case TEXT -> this::text;
            case NUMBER -> this::number;
            case BOOLEAN -> this::bool;
            case TIME -> this::time;
            case LIST, MAP -> this::json;
        };
    }

    private Sql text(Term term) {
        return switch (term) {
            case Term.Literal literal -> Sql.of("CAST(? AS text)", Objects.requireNonNull(literal.value()));
            case Term.Field field
            when field.root() == ValueType.JSON ->
                ofType("string", value(field), value(field).then(" #>> '{}'"));
            default -> value(term);
        };
    }

    private Sql number(Term term) {
        return switch (term) {
            case Term.Literal literal -> Sql.of("CAST(? AS numeric)", Objects.requireNonNull(literal.value()));
            case Term.Size size -> size(size.of());
            default ->
                ofType("number", value(term), Sql.of("CAST(").then(value(term)).then(" AS numeric)"));
        };
    }

    private Sql bool(Term term) {
        return term instanceof Term.Literal literal
                ? Sql.of("CAST(? AS boolean)", Objects.requireNonNull(literal.value()))
                : value(term);
    }

    private Sql time(Term term) {
        return switch (term) {
            case Term.Literal literal when literal.value() instanceof Instant time -> time(time);
            case Term.Now _ -> time(now);
            case Term.Shifted(Term.Literal(@Nullable Object value), Duration by)
            when value instanceof Instant time -> time(time.plus(by));
            case Term.Shifted(Term.Now _, Duration by) -> time(now.plus(by));
            case Term.Shifted(Term time, Duration by) ->
                Sql.of("(").then(time(time)).then(" + CAST(? AS interval))", interval(by));
            default -> value(term);
        };
    }

    private static Sql time(Instant time) {
        return Sql.of("CAST(? AS timestamptz)", time.atOffset(ZoneOffset.UTC));
    }

    private static String interval(Duration duration) {
        return BigDecimal.valueOf(duration.toSeconds())
                        .add(BigDecimal.valueOf(duration.toNanosPart(), 9))
                        .toPlainString()
                + " seconds";
    }

    /** Any term as JSON; what is missing is NULL, and so is a JSON null. */
    Sql json(Term term) {
        return switch (term) {
            case Term.Literal literal ->
                Sql.of("CAST(? AS jsonb)", json(literal.value()).toString());
            case Term.Field field
            when field.root() == ValueType.JSON ->
                Sql.of("NULLIF(").then(value(field)).then(", 'null')");
            case Term.Size size -> Sql.of("to_jsonb(").then(size(size.of())).then(")");
            default -> Sql.of("to_jsonb(").then(value(term)).then(")");
        };
    }

    private Sql size(Term.Field field) {
        Sql value = value(field);
        return switch (field.root()) {
            case TEXT_MAP ->
                field.isInDocument()
                        ? Sql.of("CAST(char_length(").then(value).then(") AS numeric)")
                        : Sql.of("CAST((SELECT count(*) FROM jsonb_object_keys(")
                                .then(value)
                                .then(")) AS numeric)");
            case JSON ->
                Sql.of("CAST(CASE jsonb_typeof(")
                        .then(value)
                        .then(") WHEN 'string' THEN char_length(")
                        .then(value)
                        .then(" #>> '{}') WHEN 'array' THEN jsonb_array_length(")
                        .then(value)
                        .then(") WHEN 'object' THEN (SELECT count(*) FROM jsonb_object_keys(")
                        .then(value)
                        .then(")) END AS numeric)");
            default -> Sql.of("CAST(char_length(").then(value).then(") AS numeric)");
        };
    }

    private static Sql ofType(String type, Sql value, Sql converted) {
        return Sql.of("CASE WHEN jsonb_typeof(")
                .then(value)
                .then(") = '" + type + "' THEN ")
                .then(converted)
                .then(" END");
    }

    /** A field as it is in the database. */
    private Sql value(Term term) {
        if (!(term instanceof Term.Field field)) {
            throw new IllegalStateException("Not a field: " + term);
        }
        Sql value = document(field);
        if (field.root() == ValueType.TEXT_MAP && field.isInDocument()) {
            return Sql.of("(")
                    .then(value)
                    .then(" ->> CAST(? AS text))", field.path().getFirst());
        }
        for (String key : field.path()) {
            value = Sql.of("(").then(value).then(" -> CAST(? AS text))", key);
        }
        return value;
    }

    /** The document that a field is in, or the field itself. */
    private Sql document(Term.Field field) {
        return Sql.of(names.expression(field.name()));
    }

    /** A document with nothing but a value at the place of a field: what a document must contain to have that value there. */
    private static String nested(Term.Field field, JsonNode value) {
        JsonNode nested = value;
        for (String key : field.path().reversed()) {
            nested = JSON.objectNode().set(key, nested);
        }
        return nested.toString();
    }

    private static JsonNode json(@Nullable Object value) {
        return switch (value) {
            case null -> JSON.nullNode();
            case String text -> JSON.stringNode(text);
            case Boolean truth -> JSON.booleanNode(truth);
            case BigDecimal number -> JSON.numberNode(number);
            default -> throw new IllegalStateException("Not JSON: " + value);
        };
    }
}
