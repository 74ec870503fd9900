package io.warren.telemetry.reading;

import io.warren.platform.web.Cursor;
import io.warren.platform.web.Page;
import java.util.ArrayList;
import java.util.List;

/**
 * A page while it is read: full with one item more than it may have, or with the item by which its contents become too many. That
 * last one shows that there is more, and is not on the page; the first always is, however large it is.
 */
public final class PageFill<T> {

    /** What the contents of a page come to at most, in characters: what a few readers at once can hold in memory. */
    private static final long MAX_CONTENTS = 4L << 20;

    private final int limit;
    private final List<Row<T>> rows = new ArrayList<>();
    private long contents;

    /** A page of up to so many items. */
    public PageFill(int limit) {
        this.limit = limit;
    }

    /**
     * Adds the next item.
     *
     * @param size how long it is, in characters
     * @param cursor marks it
     */
    public void add(T item, int size, Cursor cursor) {
        rows.add(new Row<>(item, cursor));
        contents += size;
    }

    /** Whether nothing more is wanted. */
    public boolean isFull() {
        return rows.size() > limit || (rows.size() > 1 && contents > MAX_CONTENTS);
    }

    /** How many more items would fill it, if they are small. */
    public int wanted() {
        return limit + 1 - rows.size();
    }

    /** What has been added, the item that fills it included. */
    public List<T> items() {
        return rows.stream().map(Row::item).toList();
    }

    /** The page, with the way to the next one if there is more. */
    public Page<T> page() {
        return Page.of(rows, isFull() ? rows.size() - 1 : limit, Row::cursor).map(Row::item);
    }

    private record Row<T>(T item, Cursor cursor) {}
}
