package io.warren.registry.state;

import io.warren.registry.document.Documents;
import io.warren.registry.statechange.StateChange;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * One side of a device's state.
 *
 * @param version how often it has changed, deleted devices of the same id included
 * @param state the whole of it
 * @param at when it last changed; absent if it never has
 */
public record VersionedDocument(
        long version, ObjectNode state, @Nullable Instant at) {

    VersionedDocument next(ObjectNode changed, Instant changedAt) {
        return new VersionedDocument(version + 1, changed, changedAt);
    }

    /** As it was before its last change. */
    VersionedDocument before(StateChange change) {
        return new VersionedDocument(version - 1, Documents.patched(state, change.wayBack()), null);
    }
}
