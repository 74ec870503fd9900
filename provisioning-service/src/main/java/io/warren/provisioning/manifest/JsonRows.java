package io.warren.provisioning.manifest;

import io.warren.platform.problem.Violation;
import io.warren.platform.transfer.Lines;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Rows as lines of JSON: {@code {"element","deviceId","publicKey"?,"attributes"?}}. Empty lines are passed over. */
final class JsonRows implements Rows {

    private final Lines lines;
    private final JsonMapper json;
    private boolean isWhole = true;

    JsonRows(InputStream body, JsonMapper json) {
        this.lines = new Lines(body, Row.MOST_BYTES);
        this.json = json;
    }

    @Override
    public @Nullable Row next() {
        if (!isWhole) {
            return null;
        }
        try {
            while (lines.next()) {
                if (!isBlank(lines.bytes())) {
                    return read();
                }
            }
            return null;
        } catch (IOException e) {
            isWhole = false;
            return Row.malformed(lines.number(), "From here on it cannot be unzipped.");
        }
    }

    @Override
    public boolean isWhole() {
        return isWhole;
    }

    private Row read() {
        if (lines.isCut()) {
            return Row.tooLong(lines.number());
        }
        try {
            return json.readTree(lines.bytes()) instanceof ObjectNode object
                    ? read(object)
                    : Row.malformed(lines.number(), "A row is a JSON object.");
        } catch (JacksonException e) {
            TokenStreamLocation place = e.getLocation();
            String where = place == null ? "it ends too early." : "column " + place.getColumnNr() + ".";
            return Row.malformed(lines.number(), "The row is not JSON: " + where);
        }
    }

    private Row read(ObjectNode object) {
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
        return draft.row(lines.number(), lines.bytes().length);
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

    private static boolean isBlank(byte[] line) {
        for (byte each : line) {
            if (each != ' ' && each != '\t' && each != '\r') {
                return false;
            }
        }
        return true;
    }
}
