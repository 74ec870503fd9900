package io.warren.provisioning.manifest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rows that are put together: bounded, and no two about the same element, so that one that comes again comes after. */
final class Chunk {

    private static final int MOST_ROWS = 1_000;
    private static final int MOST_BYTES = 1024 * 1024;

    private final List<Row> rows = new ArrayList<>();
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private int bytes;

    /** Whether this row may be added. */
    boolean takes(Row row) {
        return rows.isEmpty()
                || (rows.size() < MOST_ROWS
                        && bytes + row.bytes() <= MOST_BYTES
                        && (row.entry() == null
                                || !entries.containsKey(row.entry().element())));
    }

    void add(Row row) {
        rows.add(row);
        bytes += row.bytes();
        Entry entry = row.entry();
        if (entry != null) {
            entries.put(entry.element(), entry);
        }
    }

    /** The rows in their order. */
    List<Row> rows() {
        return rows;
    }

    /** What those of them say that are not refused already. */
    List<Entry> entries() {
        return List.copyOf(entries.values());
    }
}
