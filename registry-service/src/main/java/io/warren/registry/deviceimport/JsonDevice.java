package io.warren.registry.deviceimport;

import io.warren.contracts.device.DeviceId;
import io.warren.platform.problem.Violation;
import io.warren.platform.transfer.JsonRows;
import io.warren.platform.transfer.Row;
import io.warren.registry.device.DeviceDescription;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Devices as JSON: as they are read over REST, with their ids. */
final class JsonDevice implements JsonRows.Reading<DeviceId, DeviceDescription> {

    private final JsonMapper json;

    JsonDevice(JsonMapper json) {
        this.json = json;
    }

    @Override
    public Row<DeviceId, DeviceDescription> read(long line, ObjectNode object, int bytes) {
        JsonNode id = object.path("id");
        if (!id.isString() || !DeviceId.isValid(id.stringValue())) {
            return Row.invalid(line, null, List.of(new Violation("/id", "an id has the form " + DeviceId.FORM)));
        }
        DeviceId device = new DeviceId(id.stringValue());
        try {
            return Row.of(line, device, json.treeToValue(object, DeviceDescription.class), bytes);
        } catch (JacksonException e) {
            return Row.invalid(line, device, List.of(Violation.at(e, "not a value that is expected here")));
        }
    }
}
