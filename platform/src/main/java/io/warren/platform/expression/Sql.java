package io.warren.platform.expression;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A piece of a statement and the values of its parameters.
 *
 * @param text SQL with a {@code ?} for each parameter; nothing that a caller wrote is in it
 * @param parameters the values, in the order of the question marks
 */
public record Sql(String text, List<Object> parameters) {

    public Sql {
        parameters = Collections.unmodifiableList(new ArrayList<>(parameters));
    }

    /** A piece with the values of the parameters that stand in it. */
    public static Sql of(String text, Object... parameters) {
        return new Sql(text, List.of(parameters));
    }

    /** This piece and another behind it. */
    public Sql then(Sql next) {
        List<Object> all = new ArrayList<>(parameters);
        all.addAll(next.parameters);
        return new Sql(text + next.text, all);
    }

    /** This piece and another behind it, with the values of the parameters that stand in that. */
    public Sql then(String next, Object... itsParameters) {
        return then(of(next, itsParameters));
    }
}
