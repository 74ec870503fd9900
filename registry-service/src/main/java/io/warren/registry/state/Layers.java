package io.warren.registry.state;

import io.warren.registry.document.Documents;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a desired state is made of, each layer over the one before. What was said of the device itself has the last word.
 *
 * @param begun what the device's type had it begin with; no member of it is null
 * @param configured what configurations say, one merged into the other; no member of it is null
 * @param own what was said of the device itself: a merge patch, with null for what the device is not to have
 */
record Layers(ObjectNode begun, ObjectNode configured, ObjectNode own) {

    /** A desired state that was said of the device itself, all of it. */
    static Layers of(ObjectNode desired) {
        return new Layers(Documents.empty(), Documents.empty(), desired);
    }

    /** The desired state that they make. */
    ObjectNode together() {
        return Documents.patched(below(), own);
    }

    /** Whether what was said of the device itself is all there is. */
    boolean areOne() {
        return below().isEmpty() && own.equals(together());
    }

    /**
     * The layers after a merge patch of the desired state. What the patch names is the device's own from then on, even if it is what
     * it would be without; what it removes is kept as null where there would be something without.
     */
    Layers patched(ObjectNode patch) {
        ObjectNode wanted = Documents.patched(together(), patch);
        return new Layers(
                begun,
                configured,
                Documents.united(Documents.patched(own, patch), Documents.difference(below(), wanted)));
    }

    /** The layers with nothing else said of the device itself; what lies below shows wherever this is silent. */
    Layers replaced(ObjectNode document) {
        return new Layers(begun, configured, Documents.empty()).patched(document);
    }

    /** The layers with configurations saying this. */
    Layers on(ObjectNode otherwiseConfigured) {
        return new Layers(begun, otherwiseConfigured, own);
    }

    /** The layers of a device whose type has it begin with this. */
    Layers beginningWith(ObjectNode state) {
        return new Layers(state, configured, own);
    }

    private ObjectNode below() {
        return Documents.patched(begun, configured);
    }
}
