package io.warren.registry.deviceimport;

import io.warren.contracts.device.DeviceId;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.platform.problem.Violation;
import io.warren.platform.transfer.Lines;
import io.warren.registry.device.DeviceDescription;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Rows as lines of JSON: a device as it is read over REST, with its id. Empty lines are passed over. */
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
            return Row.refused(lines.number(), null, malformed("From here on it cannot be unzipped."));
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
                    : Row.refused(lines.number(), null, malformed("A row is a JSON object."));
        } catch (JacksonException e) {
            TokenStreamLocation place = e.getLocation();
            String where = place == null ? "it ends too early." : "column " + place.getColumnNr() + ".";
            return Row.refused(lines.number(), null, malformed("The row is not JSON: " + where));
        }
    }

    private Row read(ObjectNode object) {
        JsonNode id = object.path("id");
        if (!id.isString() || !DeviceId.isValid(id.stringValue())) {
            return Row.invalid(
                    lines.number(), null, List.of(new Violation("/id", "an id has the form " + DeviceId.FORM)));
        }
        DeviceId device = new DeviceId(id.stringValue());
        try {
            DeviceDescription description = json.treeToValue(object, DeviceDescription.class);
            return Row.of(lines.number(), device, description, lines.bytes().length);
        } catch (JacksonException e) {
            return Row.invalid(lines.number(), device, List.of(Violation.at(e, "not a value that is expected here")));
        }
    }

    private static boolean isBlank(byte[] line) {
        for (byte each : line) {
            if (each != ' ' && each != '\t' && each != '\r') {
                return false;
            }
        }
        return true;
    }

    private static ProblemException malformed(String detail) {
        return new ProblemException(ProblemKind.MALFORMED, detail);
    }
}
