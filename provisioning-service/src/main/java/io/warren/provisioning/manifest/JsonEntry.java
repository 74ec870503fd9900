package io.warren.provisioning.manifest;

import io.warren.platform.problem.Violation;
import io.warren.platform.transfer.Row;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Entries as JSON: {@code {"element","deviceId","publicKey"?,"attributes"?}}. */
final class JsonEntry {

    private JsonEntry() {}

    /** What a row says. */
    static Row<String, Entry> read(long line, ObjectNode object, int bytes) {
        Entry.Draft draft = new Entry.Draft();
        object.forEachEntry((name, value) -> {
            switch (name) {
                case "element" -> draft.element(text(draft, "/element", value));
                case "deviceId" -> draft.device(text(draft, "/deviceId", value));
                case "publicKey" -> draft.publicKey(value.isObject() ? value.toString() : value.asString(""));
                case "attributes" -> readAttributes(draft, value);
                case "updatedAt" -> {
                    // what the platform says of a row is read over
                }
                default -> draft.violation(new Violation("/" + name, "there is no such member"));
            }
        });
        return draft.row(line, bytes);
    }

    private static void readAttributes(Entry.Draft draft, JsonNode attributes) {
        if (!attributes.isObject()) {
            draft.violation(new Violation("/attributes", "an object"));
        }
        attributes.forEachEntry((key, value) -> draft.attribute(key, text(draft, "/attributes/" + key, value)));
    }

    /** The text that stands somewhere; an empty one, and a violation, if something else does. */
    private static String text(Entry.Draft draft, String pointer, JsonNode value) {
        if (value.isString()) {
            return value.stringValue();
        }
        draft.violation(new Violation(pointer, "a text"));
        return "";
    }
}
