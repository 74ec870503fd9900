package io.warren.platform.transfer;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rows that are applied together: bounded, and no two about the same, so that one that comes again comes after. */
public final class Chunk<K, V> {

    private static final int MOST_BYTES = 1024 * 1024;

    private final int mostRows;
    private final List<Row<K, V>> rows = new ArrayList<>();
    private final Map<K, V> values = new LinkedHashMap<>();
    private int bytes;

    /** One without rows. */
    public Chunk(int mostRows) {
        this.mostRows = mostRows;
    }

    /** Whether this row may be added. */
    public boolean takes(Row<K, V> row) {
        return rows.isEmpty()
                || (rows.size() < mostRows
                        && bytes + row.bytes() <= MOST_BYTES
                        && (row.value() == null || !values.containsKey(row.key())));
    }

    /** Adds a row. */
    public void add(Row<K, V> row) {
        rows.add(row);
        bytes += row.bytes();
        K key = row.key();
        V value = row.value();
        if (key != null && value != null) {
            values.put(key, value);
        }
    }

    /** The rows in their order. */
    public List<Row<K, V>> rows() {
        return Collections.unmodifiableList(rows);
    }

    /** What those of them say that are not refused already. */
    public Map<K, V> values() {
        return Collections.unmodifiableMap(values);
    }
}
