package io.warren.registry.query;

import io.warren.platform.expression.ExpressionLanguage;
import io.warren.platform.expression.NamedValue;
import io.warren.platform.expression.Sql;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An order of devices: by the keys of one value, missing ones last, then by id.
 *
 * @param names the names of the vocabulary that are in it
 * @param keys what is compared before the id
 * @param descending whether the greatest comes first; ids of the same value always ascend
 */
record Sorting(Set<String> names, List<NamedValue.Key> keys, boolean descending) {

    private static final String ID = "device.id";

    /** Reads the name of a value, with a {@code -} before it for the greatest first; without any, the order of ids. */
    static Sorting of(@Nullable String sort, ExpressionLanguage language) {
        if (sort == null || sort.isBlank()) {
            return new Sorting(Set.of(), List.of(), false);
        }
        boolean descending = sort.startsWith("-");
        NamedValue value = language.name(descending ? sort.substring(1) : sort, "sort");
        boolean byId = value.name().equals(ID);
        return new Sorting(Set.of(value.name()), byId ? List.of() : value.keys(DeviceColumns.NAMES), descending);
    }

    /** Whether nothing is compared but ids. */
    boolean isById() {
        return keys.isEmpty();
    }

    /** The columns of the result that its place in this order is made of: the id, then the keys as texts. */
    Sql columns() {
        Sql columns = Sql.of("d.id");
        for (NamedValue.Key key : keys) {
            columns = columns.then(", CAST(").then(key.value()).then(" AS text)");
        }
        return columns;
    }

    /** The {@code ORDER BY}. */
    Sql order() {
        Sql order = Sql.of(" ORDER BY ");
        for (NamedValue.Key key : keys) {
            order = order.then(key.value()).then(descending ? " DESC NULLS LAST, " : " ASC NULLS LAST, ");
        }
        return order.then(isById() && descending ? "d.id DESC" : "d.id");
    }

    /** The condition of coming behind a place. */
    Sql after(Place place) {
        Sql behindId = Sql.of(isById() && descending ? "d.id < ?" : "d.id > ?", place.id());
        List<Sql> ways = new ArrayList<>();
        Sql same = Sql.of("");
        for (int at = 0; at < keys.size(); at++) {
            NamedValue.Key key = keys.get(at);
            String value = place.keys().get(at);
            if (value == null) {
                same = same.then(key.value()).then(" IS NULL AND ");
            } else {
                ways.add(same.then("(")
                        .then(key.value())
                        .then((descending ? " < " : " > ") + "CAST(? AS " + key.type() + ") OR ", value)
                        .then(key.value())
                        .then(" IS NULL)"));
                same = same.then(key.value()).then(" = CAST(? AS " + key.type() + ") AND ", value);
            }
        }
        Sql after = same.then(behindId);
        for (Sql way : ways) {
            after = Sql.of("(").then(way).then(") OR (").then(after).then(")");
        }
        return Sql.of("(").then(after).then(")");
    }

    /**
     * Where a device stands in an order.
     *
     * @param id its id
     * @param keys its values of the keys, as texts
     */
    record Place(String id, List<@Nullable String> keys) {}
}
