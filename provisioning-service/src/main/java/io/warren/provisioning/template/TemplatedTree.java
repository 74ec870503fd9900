package io.warren.provisioning.template;

import io.warren.platform.problem.Violation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** JSON, or texts by name, in which every text is a {@link Template}. What is filled is put into a tree of its own. */
public final class TemplatedTree {

    private TemplatedTree() {}

    /**
     * What is wrong with the templates in a tree.
     *
     * @param pointer where the tree stands (RFC 6901)
     */
    public static List<Violation> violations(JsonNode tree, String pointer) {
        List<Violation> found = new ArrayList<>();
        collect(tree, pointer, found);
        return found;
    }

    /** What is wrong with the templates in texts by name. */
    public static List<Violation> violations(Map<String, String> texts, String pointer) {
        List<Violation> found = new ArrayList<>();
        texts.forEach((name, text) -> check(text, below(pointer, name), found));
        return found;
    }

    /**
     * The tree with every text filled.
     *
     * @param facts what it is filled from
     * @throws TemplateProblem if that cannot be done; it says where
     */
    public static JsonNode render(JsonNode tree, JsonNode facts, String pointer) {
        return switch (tree) {
            case ObjectNode object -> {
                ObjectNode filled = JsonNodeFactory.instance.objectNode();
                object.forEachEntry((name, value) -> filled.set(name, render(value, facts, below(pointer, name))));
                yield filled;
            }
            case ArrayNode array -> {
                ArrayNode filled = JsonNodeFactory.instance.arrayNode();
                for (int i = 0; i < array.size(); i++) {
                    filled.add(render(array.get(i), facts, pointer + "/" + i));
                }
                yield filled;
            }
            case JsonNode text
            when text.isString() -> JsonNodeFactory.instance.stringNode(fill(text.stringValue(), facts, pointer));
            default -> tree;
        };
    }

    /**
     * Texts by name, filled, in the same order.
     *
     * @param facts what they are filled from
     * @throws TemplateProblem if that cannot be done; it says where
     */
    public static Map<String, String> render(Map<String, String> texts, JsonNode facts, String pointer) {
        Map<String, String> filled = new LinkedHashMap<>();
        texts.forEach((name, text) -> filled.put(name, fill(text, facts, below(pointer, name))));
        return filled;
    }

    private static String fill(String text, JsonNode facts, String pointer) {
        try {
            return Template.parse(text).render(facts);
        } catch (TemplateProblem e) {
            throw e.at(pointer);
        }
    }

    private static void collect(JsonNode tree, String pointer, List<Violation> found) {
        switch (tree) {
            case ObjectNode object -> object.forEachEntry((name, value) -> collect(value, below(pointer, name), found));
            case ArrayNode array -> {
                for (int i = 0; i < array.size(); i++) {
                    collect(array.get(i), pointer + "/" + i, found);
                }
            }
            case JsonNode text when text.isString() -> check(text.stringValue(), pointer, found);
            default -> {}
        }
    }

    private static void check(String text, String pointer, List<Violation> found) {
        try {
            Template.parse(text);
        } catch (TemplateProblem e) {
            found.add(new Violation(pointer, e.detail(), position(text, e.column() - 1), null));
        }
    }

    private static Violation.Position position(String text, int offset) {
        String before = text.substring(0, offset);
        int line =
                1 + (int) before.chars().filter(character -> character == '\n').count();
        return new Violation.Position(line, offset - before.lastIndexOf('\n'), offset);
    }

    private static String below(String pointer, String name) {
        return pointer + "/" + name.replace("~", "~0").replace("/", "~1");
    }
}
