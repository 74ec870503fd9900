package io.warren.platform.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.warren.platform.problem.ProblemException;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param items what is on the page, possibly nothing
 * @param next the cursor of the next page; absent on the last
 */
public record Page<T>(
        List<T> items,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String next) {

    /**
     * Makes a page of a query that asked for one item more than the page holds.
     *
     * @param oneMore up to {@code limit + 1} items in order
     * @param limit how many the page holds
     * @param cursor makes the cursor that continues after an item
     */
    public static <T> Page<T> of(List<T> oneMore, int limit, Function<T, Cursor> cursor) {
        if (oneMore.size() <= limit) {
            return new Page<>(List.copyOf(oneMore), null);
        }
        List<T> items = List.copyOf(oneMore.subList(0, limit));
        return new Page<>(items, cursor.apply(items.getLast()).encode());
    }

    /**
     * A page of a list in the order of ids.
     *
     * @param limit how many items the caller asked for, if he did
     * @param cursor where the list goes on, if it does
     * @param query answers so many items behind an id; all ids are behind the empty one
     * @param id the id of an item
     * @throws ProblemException if the limit or the cursor is none of this list
     */
    public static <T> Page<T> byId(
            @Nullable Integer limit,
            @Nullable String cursor,
            BiFunction<String, Integer, List<T>> query,
            Function<T, String> id) {
        int size = Cursor.limit(limit);
        Cursor start = Cursor.decode(cursor, 1);
        String after = start == null ? "" : start.values().getFirst();
        return of(query.apply(after, size + 1), size, item -> Cursor.after(id.apply(item)));
    }

    /** The same page with each item shown in another form. */
    public <R> Page<R> map(Function<T, R> form) {
        return new Page<>(items.stream().map(form).toList(), next);
    }
}
