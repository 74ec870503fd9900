package io.warren.registry.state;

import io.warren.registry.document.Documents;
import tools.jackson.databind.node.ObjectNode;

/**
 * The state of a device, both sides together.
 *
 * @param desired what the device is to be like
 * @param reported what it says it is like
 * @param inSync whether nothing is missing
 * @param delta what is desired and not reported
 */
public record StateView(VersionedDocument desired, VersionedDocument reported, boolean inSync, ObjectNode delta) {

    static StateView of(VersionedDocument desired, VersionedDocument reported) {
        ObjectNode delta = Documents.missing(desired.state(), reported.state());
        return new StateView(desired, reported, delta.isEmpty(), delta);
    }

    /** The strong entity tag of both versions. */
    String tag() {
        return "\"" + desired.version() + "-" + reported.version() + "\"";
    }
}
