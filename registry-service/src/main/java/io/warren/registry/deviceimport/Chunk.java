package io.warren.registry.deviceimport;

import io.warren.contracts.device.DeviceId;
import io.warren.registry.device.DeviceDescription;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Rows that are applied together: bounded, and no two about the same device, so that one that comes again comes after. */
final class Chunk {

    private static final int MOST_ROWS = 500;
    private static final int MOST_BYTES = 1024 * 1024;

    private final List<Row> rows = new ArrayList<>();
    private final Map<DeviceId, DeviceDescription> descriptions = new HashMap<>();
    private int bytes;

    /** Whether this row may be added. */
    boolean takes(Row row) {
        return rows.isEmpty()
                || (rows.size() < MOST_ROWS
                        && bytes + row.bytes() <= MOST_BYTES
                        && (row.description() == null || !descriptions.containsKey(row.id())));
    }

    void add(Row row) {
        rows.add(row);
        bytes += row.bytes();
        DeviceId id = row.id();
        DeviceDescription description = row.description();
        if (id != null && description != null) {
            descriptions.put(id, description);
        }
    }

    /** The rows in their order. */
    List<Row> rows() {
        return rows;
    }

    /** What those of them say that are not refused already. */
    Map<DeviceId, DeviceDescription> descriptions() {
        return descriptions;
    }
}
