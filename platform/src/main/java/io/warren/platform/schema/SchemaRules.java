package io.warren.platform.schema;

import io.warren.platform.problem.Violation;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What a schema must keep to beyond the standard, so that it can be trusted. */
final class SchemaRules {

    private static final int MOST_CHARACTERS = 64 * 1024;
    private static final int MOST_LEVELS = 32;
    private static final int MOST_DIGITS = 400;

    /** Subschemas, each reference counted as all that it refers to. */
    private static final int MOST_SUBSCHEMAS = 1_000;

    private static final String DEFINITIONS = "#/$defs/";
    private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";

    private static final Set<String> ONE_SCHEMA = Set.of(
            "additionalProperties",
            "propertyNames",
            "items",
            "contains",
            "not",
            "if",
            "then",
            "else",
            "unevaluatedItems",
            "unevaluatedProperties",
            "contentSchema");

    private static final Set<String> SCHEMAS_IN_ARRAY = Set.of("allOf", "anyOf", "oneOf", "prefixItems");
    private static final Set<String> SCHEMAS_BY_NAME =
            Set.of("properties", "patternProperties", "dependentSchemas", "$defs");

    /** They would give a name to a part, or read it in another way, and nothing here needs that. */
    private static final Set<String> NOT_TAKEN = Set.of(
            "$id",
            "$anchor",
            "$dynamicRef",
            "$dynamicAnchor",
            "$recursiveRef",
            "$recursiveAnchor",
            "$vocabulary",
            "dependencies",
            "definitions");

    private final JsonNode definitions;
    private final List<Violation> violations = new ArrayList<>();
    private final Map<String, Integer> sizes = new HashMap<>();
    private final Set<String> underWay = new HashSet<>();

    private SchemaRules(JsonNode definitions) {
        this.definitions = definitions;
    }

    /** Whether a document is too large to be looked at, or has a number in it that is. */
    static List<Violation> bounds(JsonNode document, String pointer) {
        if (document.toString().length() > MOST_CHARACTERS) {
            return List.of(new Violation(pointer, "at most " + MOST_CHARACTERS + " characters of JSON"));
        }
        return levels(document) > MOST_LEVELS
                ? List.of(new Violation(pointer, "at most " + MOST_LEVELS + " levels deep"))
                : digits(document, pointer);
    }

    /** The numbers that take too long to reckon with: a few characters can name one of a billion digits. */
    static List<Violation> digits(JsonNode value, String pointer) {
        List<Violation> violations = new ArrayList<>();
        lookAtNumbers(value, pointer, violations);
        return violations;
    }

    private static void lookAtNumbers(JsonNode value, String at, List<Violation> violations) {
        if (value.isBigDecimal() && violations.size() < JsonSchema.MOST_VIOLATIONS) {
            BigDecimal number = value.decimalValue();
            if (number.scale() > MOST_DIGITS || number.precision() - (long) number.scale() > MOST_DIGITS) {
                violations.add(new Violation(
                        at, "a number with at most " + MOST_DIGITS + " digits before and behind its point"));
            }
        }
        for (Map.Entry<String, JsonNode> member : value.properties()) {
            lookAtNumbers(member.getValue(), child(at, member.getKey()), violations);
        }
        if (value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                lookAtNumbers(value.get(i), at + "/" + i, violations);
            }
        }
    }

    /** What a schema that keeps to the standard does not keep to here. */
    static List<Violation> violations(JsonNode schema, String pointer) {
        SchemaRules rules = new SchemaRules(schema.path("$defs"));
        rules.look(schema, pointer, true);
        if (rules.violations.isEmpty() && rules.size(schema, pointer) > MOST_SUBSCHEMAS) {
            rules.refuse(pointer, "at most " + MOST_SUBSCHEMAS + " subschemas, each reference written out");
        }
        return rules.violations.stream().limit(JsonSchema.MOST_VIOLATIONS).toList();
    }

    private void look(JsonNode schema, String at, boolean root) {
        if (!schema.isObject()) {
            return; // true or false
        }
        for (Map.Entry<String, JsonNode> member : schema.properties()) {
            String keyword = member.getKey();
            String place = child(at, keyword);
            if (NOT_TAKEN.contains(keyword)) {
                refuse(place, "not taken here");
            } else if (keyword.equals("$schema")) {
                if (!root || !member.getValue().asString("").equals(DIALECT)) {
                    refuse(place, "only " + DIALECT + ", at the top");
                }
            } else if (keyword.equals("$ref")) {
                if (definition(member.getValue().asString("")) == null) {
                    refuse(place, "only " + DEFINITIONS + "{name} of this schema");
                }
            } else if (keyword.equals("pattern")) {
                lookAtPattern(member.getValue().asString(""), place);
            } else if (keyword.equals("patternProperties")) {
                member.getValue().propertyNames().forEach(pattern -> lookAtPattern(pattern, child(place, pattern)));
            }
        }
        parts(schema, at, true).forEach(part -> look(part.schema(), part.at(), false));
    }

    private void lookAtPattern(String regex, String at) {
        Optional<String> refusal = LinearPattern.refusal(regex);
        refusal.ifPresent(reason -> refuse(at, reason));
    }

    /** The number of subschemas with each reference written out; more than the most as soon as it is. */
    private int size(JsonNode schema, String at) {
        int size = 1;
        for (Part part : parts(schema, at, false)) {
            size += size(part.schema(), part.at());
            if (size > MOST_SUBSCHEMAS) {
                return size;
            }
        }
        String reference = schema.path("$ref").asString("");
        return reference.isEmpty() ? size : size + sizeOfDefinition(reference, child(at, "$ref"));
    }

    private int sizeOfDefinition(String reference, String at) {
        Integer known = sizes.get(reference);
        if (known != null) {
            return known;
        }
        JsonNode definition = definition(reference);
        if (definition == null || !underWay.add(reference)) {
            refuse(at, "leads back to itself");
            return 1;
        }
        int size = size(definition, at);
        underWay.remove(reference);
        sizes.put(reference, size);
        return size;
    }

    private @Nullable JsonNode definition(String reference) {
        if (!reference.startsWith(DEFINITIONS)) {
            return null;
        }
        String name = reference.substring(DEFINITIONS.length());
        // nothing that a pointer or an address would read in another way
        return name.matches("[A-Za-z0-9_.-]+") ? definitions.get(name) : null;
    }

    private static List<Part> parts(JsonNode schema, String at, boolean withDefinitions) {
        List<Part> parts = new ArrayList<>();
        for (Map.Entry<String, JsonNode> member : schema.properties()) {
            String keyword = member.getKey();
            JsonNode value = member.getValue();
            String place = child(at, keyword);
            if (ONE_SCHEMA.contains(keyword)) {
                parts.add(new Part(value, place));
            } else if (SCHEMAS_IN_ARRAY.contains(keyword)) {
                for (int i = 0; i < value.size(); i++) {
                    parts.add(new Part(value.get(i), place + "/" + i));
                }
            } else if (SCHEMAS_BY_NAME.contains(keyword) && (withDefinitions || !keyword.equals("$defs"))) {
                value.properties()
                        .forEach(named -> parts.add(new Part(named.getValue(), child(place, named.getKey()))));
            }
        }
        return parts;
    }

    private static int levels(JsonNode node) {
        int deepest = 0;
        for (JsonNode child : node.values()) {
            deepest = Math.max(deepest, levels(child));
        }
        return node.isContainer() ? deepest + 1 : 0;
    }

    private void refuse(String at, String reason) {
        violations.add(new Violation(at, reason));
    }

    private static String child(String at, String name) {
        return at + "/" + name.replace("~", "~0").replace("/", "~1");
    }

    private record Part(JsonNode schema, String at) {}
}
