package io.warren.platform.vocabulary;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Where the values of a vocabulary are in a database: for each name an SQL expression of constant text. It is of type
 * {@code text}, {@code boolean} or {@code timestamptz} as the value is, {@code jsonb} for maps and JSON, {@code text[]} for
 * lists of texts; it may be NULL. A plain column can be served by an index: {@code jsonb_path_ops} for maps and JSON.
 */
public final class SqlNames {

    private final Map<String, String> expressions;
    private final Map<String, String> memberships;

    private SqlNames(Map<String, String> expressions, Map<String, String> memberships) {
        this.expressions = new LinkedHashMap<>(expressions);
        this.memberships = new LinkedHashMap<>(memberships);
    }

    /**
     * Says where each name of a vocabulary is.
     *
     * @throws IllegalArgumentException if one is forgotten
     */
    public static SqlNames of(Vocabulary vocabulary, Map<String, String> expressions) {
        TreeSet<String> forgotten = new TreeSet<>(vocabulary.names());
        forgotten.removeAll(expressions.keySet());
        if (!forgotten.isEmpty()) {
            throw new IllegalArgumentException("No SQL for " + forgotten);
        }
        return new SqlNames(expressions, Map.of());
    }

    /**
     * The same with a better way to ask whether a list of texts has an element.
     *
     * @param membership an SQL condition with one {@code ?}, for the element
     */
    public SqlNames withMembership(String name, String membership) {
        Map<String, String> more = new LinkedHashMap<>(memberships);
        more.put(name, membership);
        return new SqlNames(expressions, more);
    }

    /**
     * Where a name is.
     *
     * @throws IllegalArgumentException if that was not said
     */
    public String expression(String name) {
        String expression = expressions.get(name);
        if (expression == null) {
            throw new IllegalArgumentException("No SQL for " + name);
        }
        return expression;
    }

    /** The better way to ask whether a list of texts has an element, if there is one. */
    public @Nullable String membership(String name) {
        return memberships.get(name);
    }
}
