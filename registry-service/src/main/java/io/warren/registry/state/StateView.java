package io.warren.registry.state;

import io.warren.registry.document.Documents;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The state of a device, both sides together.
 *
 * @param desired what the device is to be like
 * @param reported what it says it is like
 * @param inSync whether nothing is missing
 * @param delta what is desired and not reported
 * @param own what was said of the device itself, if it is not all that is desired
 */
public record StateView(
        VersionedDocument desired,
        VersionedDocument reported,
        boolean inSync,
        ObjectNode delta,
        @Nullable ObjectNode own) {

    static StateView of(VersionedDocument desired, VersionedDocument reported, Layers layers) {
        ObjectNode delta = Documents.missing(desired.state(), reported.state());
        return new StateView(desired, reported, delta.isEmpty(), delta, layers.areOne() ? null : layers.own());
    }

    /** What a state was in the past, of which only what came of it is known. */
    static StateView past(VersionedDocument desired, VersionedDocument reported) {
        return of(desired, reported, Layers.of(desired.state()));
    }

    /** The strong entity tag of both versions. */
    public String tag() {
        return "\"" + desired.version() + "-" + reported.version() + "\"";
    }
}
