package io.warren.simulator.fleet;

import java.util.LinkedHashSet;

/** The last hundred ids seen: what the platform sends again is recognised by its id. */
final class RecentIds {

    private static final int MOST = 100;

    private final LinkedHashSet<String> ids = new LinkedHashSet<>();

    /** Whether the id is new. */
    boolean add(String id) {
        boolean isNew = ids.add(id);
        if (ids.size() > MOST) {
            ids.removeFirst();
        }
        return isNew;
    }
}
