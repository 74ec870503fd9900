package io.warren.platform.expression;

import io.warren.platform.vocabulary.ValueType;
import io.warren.platform.vocabulary.ValueType.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What has a value, which may be missing. */
sealed interface Term {

    /** What the value can be, unless it is missing. */
    Set<Kind> kinds();

    /** The field that it is made of, if it is made of one. */
    default Stream<Field> fields() {
        return switch (this) {
            case Field field -> Stream.of(field);
            case Shifted shifted -> shifted.time().fields();
            case Size size -> Stream.of(size.of());
            case Literal _, Now _ -> Stream.empty();
        };
    }

    /** Whether it is made of the time of the evaluation. */
    default boolean isOfNow() {
        return this instanceof Now
                || (this instanceof Shifted shifted && shifted.time().isOfNow());
    }

    /**
     * A name of the vocabulary and, where there is something below it, the keys that lead there.
     *
     * @param name the name, {@code device.state.reported}
     * @param root what stands behind the name itself
     * @param path the keys below it
     */
    record Field(String name, ValueType root, List<String> path) implements Term {

        private static final Pattern WORD = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

        @Override
        public Set<Kind> kinds() {
            return root == ValueType.TEXT_MAP && !path.isEmpty() ? Set.of(Kind.TEXT) : root.kinds();
        }

        /** As it is written. */
        @Override
        public String toString() {
            StringBuilder written = new StringBuilder(name);
            for (String key : path) {
                if (WORD.matcher(key).matches()) {
                    written.append('.').append(key);
                } else {
                    written.append("[\"")
                            .append(key.replace("\\", "\\\\").replace("\"", "\\\""))
                            .append("\"]");
                }
            }
            return written.toString();
        }

        /** Whether it stands at a place in a JSON document, where containment finds it. */
        boolean isInDocument() {
            return !path.isEmpty();
        }
    }

    /**
     * A value that was written down.
     *
     * @param value a {@link String}, {@link java.math.BigDecimal}, {@link Boolean} or {@link Instant}; or null
     */
    record Literal(@Nullable Object value) implements Term {

        static final Literal NULL = new Literal(null);
        static final Literal TRUE = new Literal(true);

        @Override
        public Set<Kind> kinds() {
            return switch (value) {
                case null -> Set.of();
                case String _ -> Set.of(Kind.TEXT);
                case Boolean _ -> Set.of(Kind.BOOLEAN);
                case Instant _ -> Set.of(Kind.TIME);
                default -> Set.of(Kind.NUMBER);
            };
        }
    }

    /** The time of the evaluation. */
    record Now() implements Term {

        @Override
        public Set<Kind> kinds() {
            return Set.of(Kind.TIME);
        }
    }

    /** A time and a distance from it. */
    record Shifted(Term time, Duration by) implements Term {

        @Override
        public Set<Kind> kinds() {
            return Set.of(Kind.TIME);
        }
    }

    /** How many characters, elements or keys something has. */
    record Size(Field of) implements Term {

        @Override
        public Set<Kind> kinds() {
            return Set.of(Kind.NUMBER);
        }
    }
}
