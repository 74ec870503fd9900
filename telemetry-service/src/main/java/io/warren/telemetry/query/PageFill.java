package io.warren.telemetry.query;

import io.warren.platform.web.Cursor;
import io.warren.platform.web.Page;
import java.util.ArrayList;
import java.util.List;

/**
 * A page while it is read: full with one item more than it may have, or with the item by which its values become too many. That last
 * one shows that there is more, and is not on the page; the first always is, however large it is.
 */
final class PageFill {

    /** What the values of a page come to at most, in characters of JSON: what a few readers at once can hold in memory. */
    private static final long MAX_VALUES = 4L << 20;

    private final int limit;
    private final List<Row> rows = new ArrayList<>();
    private long values;

    /** A page of up to so many items. */
    PageFill(int limit) {
        this.limit = limit;
    }

    /** Adds the next item, which a cursor marks. */
    void add(TelemetryItem item, Cursor cursor) {
        rows.add(new Row(item, cursor));
        values += item.values().length();
    }

    boolean isFull() {
        return rows.size() > limit || (rows.size() > 1 && values > MAX_VALUES);
    }

    /** How many more items would fill it, if they are small. */
    int wanted() {
        return limit + 1 - rows.size();
    }

    /** What has been added, the item that fills it included. */
    List<TelemetryItem> items() {
        return rows.stream().map(Row::item).toList();
    }

    /** The page, with the way to the next one if there is more. */
    Page<TelemetryItem> page() {
        return Page.of(rows, isFull() ? rows.size() - 1 : limit, Row::cursor).map(Row::item);
    }

    private record Row(TelemetryItem item, Cursor cursor) {}
}
