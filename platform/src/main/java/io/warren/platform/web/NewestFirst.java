package io.warren.platform.web;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A place in a list that begins with what was created last.
 *
 * @param createdAt when the last item seen was created; before anything was seen, a time behind every row that the database takes
 * @param id the last item's id, by which items of the same time are sorted
 */
public record NewestFirst<K>(Instant createdAt, K id) {

    private static final Instant BEGINNING = Instant.parse("9999-01-01T00:00:00Z");
    private static final UUID NO_ID = new UUID(0, 0);

    /** Where a list of items with UUIDs goes on; the beginning without a cursor. */
    public static NewestFirst<UUID> byId(@Nullable Cursor cursor) {
        return of(cursor, UUID::fromString, NO_ID);
    }

    /** Where a list of items with names goes on; the beginning without a cursor. */
    public static NewestFirst<String> byName(@Nullable Cursor cursor) {
        return of(cursor, name -> name, "");
    }

    private static <K> NewestFirst<K> of(@Nullable Cursor cursor, Function<String, K> read, K none) {
        if (cursor == null) {
            return new NewestFirst<>(BEGINNING, none);
        }
        try {
            Instant createdAt = Instant.parse(cursor.values().getFirst());
            if (createdAt.isBefore(Instant.EPOCH) || createdAt.isAfter(BEGINNING)) {
                throw Cursor.malformed(); // no list gave it out, and the database could not reckon with it
            }
            return new NewestFirst<>(createdAt, read.apply(cursor.values().getLast()));
        } catch (DateTimeException | IllegalArgumentException e) {
            throw Cursor.malformed();
        }
    }
}
