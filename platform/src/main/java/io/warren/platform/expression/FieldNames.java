package io.warren.platform.expression;

import io.warren.platform.vocabulary.ValueType;
import io.warren.platform.vocabulary.Vocabulary;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds names of a vocabulary, and the nearest where there is none. */
final class FieldNames {

    private static final int FARTHEST = 3;

    private final Vocabulary vocabulary;

    FieldNames(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
    }

    /** What became of a search. */
    sealed interface Answer {}

    /** The field that was named. */
    record Found(Term.Field field) implements Answer {}

    /** Why there is no such field, and what may have been meant. */
    record Missed(String detail, @Nullable String hint) implements Answer {}

    /** The field that some keys lead to. */
    Answer resolve(List<String> steps) {
        String name = steps.getFirst();
        int used = 1;
        while (used < steps.size() && vocabulary.isGroup(name)) {
            name = name + "." + steps.get(used);
            used++;
        }
        ValueType type = vocabulary.type(name);
        if (type == null) {
            return vocabulary.isGroup(name)
                    ? new Missed(name + " is no value by itself", "it has " + String.join(", ", below(name)))
                    : new Missed("there is no " + name, nearest(name));
        }
        List<String> path = List.copyOf(steps.subList(used, steps.size()));
        int deepest = switch (type) {
            case JSON -> Integer.MAX_VALUE;
            case TEXT_MAP -> 1;
            default -> 0;
        };
        return path.size() > deepest
                ? new Missed("there is nothing below " + String.join(".", steps.subList(0, used + deepest)), null)
                : new Found(new Term.Field(name, type, path));
    }

    /** What may have been meant by a name that is not there. */
    String nearest(String name) {
        String last = name.substring(name.lastIndexOf('.') + 1);
        return Stream.concat(vocabulary.names().stream(), vocabulary.groups().stream())
                .filter(known -> known.endsWith("." + last))
                .findFirst()
                .or(() -> Stream.concat(vocabulary.names().stream(), vocabulary.groups().stream())
                        .filter(known -> distance(known, name) <= FARTHEST)
                        .min((one, other) -> Integer.compare(distance(one, name), distance(other, name))))
                .map(known -> "did you mean " + known + "?")
                .orElseGet(() -> "there are " + String.join(", ", vocabulary.names()) + " and now");
    }

    private List<String> below(String group) {
        return vocabulary.names().stream()
                .filter(name -> name.startsWith(group + "."))
                .toList();
    }

    /** The edit distance of Levenshtein. */
    private static int distance(String one, String other) {
        if (Math.abs(one.length() - other.length()) > FARTHEST) {
            return Integer.MAX_VALUE;
        }
        int[] row = new int[other.length() + 1];
        for (int column = 0; column < row.length; column++) {
            row[column] = column;
        }
        for (int line = 1; line <= one.length(); line++) {
            int diagonal = row[0];
            row[0] = line;
            for (int column = 1; column < row.length; column++) {
                int changed = diagonal + (one.charAt(line - 1) == other.charAt(column - 1) ? 0 : 1);
                diagonal = row[column];
                row[column] = Math.min(changed, Math.min(row[column], row[column - 1]) + 1);
            }
        }
        return row[other.length()];
    }
}
