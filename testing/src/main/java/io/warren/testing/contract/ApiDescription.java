package io.warren.testing.contract;

import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** An OpenAPI 3.1 description, read as far as a comparison needs it. */
record ApiDescription(JsonNode root) {

    private static final Set<String> METHODS =
            Set.of("get", "head", "put", "post", "patch", "delete", "options", "trace");

    /** What the outside world can reach by the gateway; the rest is the container's, the operators' or the broker's. */
    private static final Set<String> ROOTS = Set.of("/api/", "/device/", "/bootstrap/");

    /** The operations by names such as {@code GET /api/v1/devices}. */
    Map<String, JsonNode> operations() {
        Map<String, JsonNode> operations = new TreeMap<>();
        root.path("paths")
                .forEachEntry((path, item) -> item.forEachEntry((method, operation) -> {
                    if (METHODS.contains(method) && ROOTS.stream().anyMatch(path::startsWith)) {
                        operations.put(method.toUpperCase(Locale.ROOT) + " " + path, operation);
                    }
                }));
        return operations;
    }

    /**
     * The parameters of an operation by place and name, those of its path included. A content type is none: OpenAPI has another
     * place for it.
     */
    Map<String, JsonNode> parameters(String operation) {
        String[] methodAndPath = operation.split(" ", 2);
        JsonNode path = root.path("paths").path(methodAndPath[1]);
        Map<String, JsonNode> parameters = new TreeMap<>();
        for (JsonNode holder : new JsonNode[] {path, path.path(methodAndPath[0].toLowerCase(Locale.ROOT))}) {
            for (JsonNode each : holder.path("parameters")) {
                JsonNode parameter = resolve(each);
                parameters.put(
                        parameter.path("in").asString("") + " parameter "
                                + parameter.path("name").asString(""),
                        parameter);
            }
        }
        parameters.remove("header parameter Content-Type");
        return parameters;
    }

    /** The answers of an operation that tell of success, by status. */
    NavigableMap<String, JsonNode> successes(JsonNode operation) {
        NavigableMap<String, JsonNode> successes = new TreeMap<>();
        operation.path("responses").forEachEntry((status, response) -> {
            if (status.startsWith("2")) {
                successes.put(status, resolve(response));
            }
        });
        return successes;
    }

    /** What a reference refers to; what is none, itself. */
    JsonNode resolve(JsonNode node) {
        JsonNode reference = node.get("$ref");
        return reference == null
                ? node
                : resolve(root.at(reference.stringValue().substring(1)));
    }

    /** The names in an object; none if there is no object. */
    static Set<String> names(JsonNode object) {
        return new TreeSet<>(object.propertyNames());
    }

    /** The texts of an array, in order; none if there is no array. */
    static Set<String> texts(JsonNode array) {
        return array.valueStream().map(text -> text.asString("")).collect(Collectors.toCollection(TreeSet::new));
    }
}
