package io.warren.platform.vocabulary;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The names that expressions of one sort may use, and what stands behind them. A name has dots, {@code device.state.reported};
 * {@code now} is always there. Names that begin alike share what they begin with; none is the beginning of another.
 */
public final class Vocabulary {

    /** The time at which an expression is evaluated. */
    public static final String NOW = "now";

    private final Map<String, ValueType> types;
    private final SortedSet<String> groups = new TreeSet<>();

    private Vocabulary(Map<String, ValueType> types) {
        this.types = Collections.unmodifiableMap(new LinkedHashMap<>(types));
        for (String name : types.keySet()) {
            for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
                groups.add(name.substring(0, dot));
            }
        }
    }

    /** A vocabulary of these names. */
    public static Vocabulary of(Map<String, ValueType> types) {
        return new Vocabulary(types);
    }

    /** This vocabulary and the names of another. */
    public Vocabulary with(Vocabulary other) {
        Map<String, ValueType> all = new LinkedHashMap<>(types);
        all.putAll(other.types);
        return new Vocabulary(all);
    }

    /** All names but {@code now}. */
    public Set<String> names() {
        return types.keySet();
    }

    /** What stands behind a name; null if there is no such name. */
    public @Nullable ValueType type(String name) {
        return types.get(name);
    }

    /** Whether names go on below this one, as below {@code device}. */
    public boolean isGroup(String name) {
        return groups.contains(name);
    }

    /** The names below which others go on. */
    public SortedSet<String> groups() {
        return Collections.unmodifiableSortedSet(groups);
    }

    /** What comes next in names that begin so. */
    public List<String> children(String beginning) {
        return types.keySet().stream()
                .filter(name -> name.startsWith(beginning))
                .map(name -> name.substring(beginning.length()).split("\\.", 2)[0])
                .distinct()
                .toList();
    }
}
