package io.warren.provisioning.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A text with places: "${certificate.subject.cn}" stands for the text, number or truth value that these steps lead to in a
 * JSON tree, a number as a step being the index of an element. "${identifiers.serial|unknown}" has something to stand for when
 * there is nothing; without it the template cannot be filled then. With a dollar sign before it, a place stays as it is written.
 * Instances are immutable and can be shared.
 */
public final class Template {

    /** How many characters a template has at most. */
    public static final int MAX_LENGTH = 1_024;

    /** How many places a template has at most. */
    public static final int MOST_PLACES = 16;

    /** How many characters come out of it at most. */
    public static final int LONGEST_RESULT = 4_096;

    private static final String OPENING = "${";
    private static final Pattern PATH = Pattern.compile("[A-Za-z0-9_-]{1,64}(\\.[A-Za-z0-9_-]{1,64}){0,15}");
    private static final Pattern INDEX = Pattern.compile("[0-9]{1,4}");

    private final List<Part> parts;

    private Template(List<Part> parts) {
        this.parts = List.copyOf(parts);
    }

    /**
     * Reads a template.
     *
     * @throws TemplateProblem if it is none
     */
    public static Template parse(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new TemplateProblem("a template has at most " + MAX_LENGTH + " characters", MAX_LENGTH + 1);
        }
        List<Part> parts = new ArrayList<>();
        int at = 0;
        int places = 0;
        for (int open = text.indexOf(OPENING); open >= 0; open = text.indexOf(OPENING, at)) {
            if (open > at && text.charAt(open - 1) == '$') {
                parts.add(new Literal(text.substring(at, open - 1) + OPENING));
                at = open + OPENING.length();
                continue;
            }
            if (open > at) {
                parts.add(new Literal(text.substring(at, open)));
            }
            if (++places > MOST_PLACES) {
                throw new TemplateProblem("a template has at most " + MOST_PLACES + " places", open + 1);
            }
            int close = text.indexOf('}', open);
            if (close < 0) {
                throw new TemplateProblem("this ${ has no } behind it", open + 1);
            }
            parts.add(place(text.substring(open + OPENING.length(), close), open + 1));
            at = close + 1;
        }
        parts.add(new Literal(text.substring(at)));
        return new Template(parts);
    }

    /**
     * Fills the template.
     *
     * @param tree where the steps of places lead through
     * @throws TemplateProblem if there is nothing to fill a place with, or too much comes out
     */
    public String render(JsonNode tree) {
        StringBuilder result = new StringBuilder();
        for (Part part : parts) {
            result.append(
                    switch (part) {
                        case Literal literal -> literal.text();
                        case Place place -> place.fill(tree);
                    });
            if (result.length() > LONGEST_RESULT) {
                throw new TemplateProblem("more than " + LONGEST_RESULT + " characters come out", 1);
            }
        }
        return result.toString();
    }

    private static Place place(String content, int column) {
        int bar = content.indexOf('|');
        String path = bar < 0 ? content : content.substring(0, bar);
        Matcher form = PATH.matcher(path);
        if (!form.matches()) {
            throw new TemplateProblem(
                    "between ${ and } are names with dots between them, and perhaps | and something for when there is nothing",
                    column);
        }
        return new Place(path, bar < 0 ? null : content.substring(bar + 1), column);
    }

    private sealed interface Part {}

    private record Literal(String text) implements Part {}

    /** A place, with what stands there when there is nothing, and where in the template it is. */
    private record Place(String path, @Nullable String otherwise, int column) implements Part {

        String fill(JsonNode tree) {
            return found(tree)
                    .or(() -> Optional.ofNullable(otherwise))
                    .orElseThrow(() -> new TemplateProblem("there is no " + path, column));
        }

        private Optional<String> found(JsonNode tree) {
            JsonNode node = tree;
            for (String step : path.split("\\.", -1)) {
                node = node.isArray() && INDEX.matcher(step).matches()
                        ? node.path(Integer.parseInt(step))
                        : node.path(step);
            }
            return node.isString() || node.isNumber() || node.isBoolean()
                    ? Optional.of(node.asString())
                    : Optional.empty();
        }
    }
}
