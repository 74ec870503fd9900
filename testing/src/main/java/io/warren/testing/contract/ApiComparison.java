package io.warren.testing.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * Finds where a document does not say what a description read off the code says. The document may say more than the code shows:
 * texts, examples, problems, headers that are read elsewhere, bounds that are checked by hand.
 */
final class ApiComparison {

    private static final List<String> KEYWORDS = List.of(
            "type",
            "format",
            "pattern",
            "minimum",
            "maximum",
            "minLength",
            "maxLength",
            "minItems",
            "maxItems",
            "minProperties",
            "maxProperties");

    /** How springdoc describes any JSON at all. */
    private static final JsonNode ANYTHING =
            JsonMapper.shared().createObjectNode().put("type", "object");

    private final ApiDescription code;
    private final ApiDescription document;
    private final List<String> differences = new ArrayList<>();

    private ApiComparison(JsonNode code, JsonNode document) {
        this.code = new ApiDescription(code);
        this.document = new ApiDescription(document);
    }

    /** The differences, a sentence each. */
    static List<String> differences(JsonNode code, JsonNode document) {
        ApiComparison comparison = new ApiComparison(code, document);
        comparison.compareOperations();
        return List.copyOf(comparison.differences);
    }

    private void compareOperations() {
        Map<String, JsonNode> is = code.operations();
        Map<String, JsonNode> said = document.operations();
        // Spring answers HEAD wherever it answers GET
        said.keySet().removeIf(name -> name.startsWith("HEAD ") && is.containsKey(name.replaceFirst("HEAD", "GET")));
        compareNames("", is.keySet(), said.keySet());
        is.forEach((name, operation) -> {
            JsonNode saidOfIt = said.get(name);
            if (saidOfIt != null) {
                compareParameters(name, code.parameters(name), document.parameters(name));
                compareBodies(name, operation.path("requestBody"), saidOfIt.path("requestBody"));
                compareAnswers(name, code.successes(operation), document.successes(saidOfIt));
            }
        });
    }

    private void compareParameters(String where, Map<String, JsonNode> is, Map<String, JsonNode> said) {
        Set<String> shown = new TreeSet<>(said.keySet());
        shown.removeIf(name -> name.startsWith("header ") && !is.containsKey(name));
        compareNames(where + ": ", is.keySet(), shown);
        is.forEach((name, parameter) -> {
            JsonNode saidOfIt = said.get(name);
            if (saidOfIt != null) {
                String place = where + ": " + name;
                compareRequired(place, parameter, saidOfIt);
                compareSchemas(place, parameter.path("schema"), saidOfIt.path("schema"), true);
            }
        });
    }

    private void compareBodies(String where, JsonNode is, JsonNode said) {
        String place = where + ": request";
        JsonNode body = code.resolve(is);
        JsonNode saidOfIt = document.resolve(said);
        if (!body.isMissingNode() && !saidOfIt.isMissingNode()) {
            compareRequired(place, body, saidOfIt);
        }
        compareContents(place, body.path("content"), saidOfIt.path("content"), true);
    }

    /** A status other than 200 is the code's word; 200 may only mean that it is chosen as the code runs. */
    private void compareAnswers(String where, NavigableMap<String, JsonNode> is, Map<String, JsonNode> said) {
        if (said.isEmpty() || !is.containsKey("200")) {
            compareNames(where + ": ", is.keySet(), said.keySet());
        }
        JsonNode content = is.isEmpty()
                ? MissingNode.getInstance()
                : is.firstEntry().getValue().path("content");
        said.forEach(
                (status, response) -> compareContents(where + ": " + status, content, response.path("content"), false));
    }

    private void compareContents(String where, JsonNode is, JsonNode said, boolean sent) {
        Map<String, JsonNode> types = new TreeMap<>();
        // where the code names no type, Spring makes JSON of it
        is.forEachEntry((type, media) -> types.put(type.equals("*/*") ? "application/json" : type, media));
        compareNames(where + ": ", types.keySet(), ApiDescription.names(said));
        types.forEach((type, media) -> {
            if (said.has(type)) {
                compareSchemas(where, media.path("schema"), said.path(type).path("schema"), sent);
            }
        });
    }

    private void compareRequired(String where, JsonNode is, JsonNode said) {
        boolean needed = is.path("required").asBoolean(false);
        if (needed != said.path("required").asBoolean(false)) {
            differences.add(where + " is " + (needed ? "required" : "optional") + " in the code only");
        }
    }

    /**
     * Compares what a value looks like.
     *
     * @param sent whether the caller sends it: then what it must have is the code's word, while of an answer the code does not say
     *     what is always there
     */
    private void compareSchemas(String where, JsonNode codeSchema, JsonNode documentSchema, boolean sent) {
        JsonNode is = code.resolve(codeSchema);
        JsonNode said = document.resolve(documentSchema);
        if (is.equals(ANYTHING)) {
            return;
        }
        for (String keyword : KEYWORDS) {
            String value = text(keyword, is.get(keyword));
            // the code means the whole text by a pattern, a document has to say so
            String expected = value != null && keyword.equals("pattern") ? "^" + value + "$" : value;
            String found = text(keyword, said.get(keyword));
            if (expected != null && !expected.equals(found)) {
                differences.add(
                        where + ": " + keyword + " is " + expected + " in the code, " + found + " in the document");
            }
        }
        if (is.has("enum")) {
            compareNames(where + ": ", ApiDescription.texts(is.path("enum")), ApiDescription.texts(said.path("enum")));
        }
        if (is.has("properties")) {
            compareProperties(where, is, said, sent);
        }
        if (is.has("items")) {
            compareSchemas(where + "[]", is.path("items"), said.path("items"), sent);
        }
        if (is.path("additionalProperties").isObject()) {
            compareSchemas(where + "{}", is.path("additionalProperties"), said.path("additionalProperties"), sent);
        }
    }

    private void compareProperties(String where, JsonNode is, JsonNode said, boolean sent) {
        JsonNode saidOfThem = said.path("properties");
        compareNames(where + "/", ApiDescription.names(is.path("properties")), ApiDescription.names(saidOfThem));
        is.path("properties").forEachEntry((name, property) -> {
            if (saidOfThem.has(name)) {
                compareSchemas(where + "/" + name, property, saidOfThem.path(name), sent);
            }
        });
        Set<String> required = ApiDescription.texts(is.path("required"));
        Set<String> saidRequired = ApiDescription.texts(said.path("required"));
        if (sent ? !saidRequired.equals(required) : !saidRequired.containsAll(required)) {
            differences.add(
                    where + ": required are " + required + " in the code, " + saidRequired + " in the document");
        }
    }

    private void compareNames(String where, Set<String> is, Set<String> said) {
        is.stream()
                .filter(name -> !said.contains(name))
                .forEach(name -> differences.add(where + name + " is in the code only"));
        said.stream()
                .filter(name -> !is.contains(name))
                .forEach(name -> differences.add(where + name + " is in the document only"));
    }

    /** A keyword's value, or null if it says nothing. */
    private static @Nullable String text(String keyword, @Nullable JsonNode value) {
        return value == null || (keyword.matches("min[A-Z].*") && value.asInt(1) == 0)
                ? null
                : value.asString(value.toString());
    }
}
