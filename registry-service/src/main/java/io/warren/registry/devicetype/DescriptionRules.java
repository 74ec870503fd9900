package io.warren.registry.devicetype;

import io.warren.platform.problem.Violation;
import io.warren.platform.schema.JsonSchema;
import io.warren.registry.devicetype.DeviceTypeDescription.SchemaVersion;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What is asked of the documents in a description. */
final class DescriptionRules {

    private static final int MOST_STATE = 32 * 1024;
    private static final int MOST_STATE_LEVELS = 16;

    private DescriptionRules() {}

    /** The places at which a description is not allowed to be as it is. */
    static List<Violation> violations(DeviceTypeDescription description) {
        List<Violation> violations = new ArrayList<>();
        description.streams().forEach((stream, said) -> {
            List<SchemaVersion> schemas = said.schemas();
            for (int i = 0; i < schemas.size(); i++) {
                violations.addAll(JsonSchema.violations(
                        schemas.get(i).schema(), "/streams/" + stream + "/schemas/" + i + "/schema"));
            }
        });
        description.commands().forEach((command, said) -> {
            violations.addAll(schema(said.args(), "/commands/" + command + "/args"));
            violations.addAll(schema(said.result(), "/commands/" + command + "/result"));
        });
        JsonNode state = description.defaultDesiredState();
        if (state != null) {
            violations.addAll(state(state));
        }
        return violations;
    }

    private static List<Violation> schema(@Nullable JsonNode schema, String pointer) {
        return schema == null ? List.of() : JsonSchema.violations(schema, pointer);
    }

    private static List<Violation> state(JsonNode state) {
        String pointer = "/defaultDesiredState";
        if (!state.isObject()) {
            return List.of(new Violation(pointer, "an object"));
        }
        if (state.toString().length() > MOST_STATE) {
            return List.of(new Violation(pointer, "at most " + MOST_STATE + " characters of JSON"));
        }
        return levels(state) > MOST_STATE_LEVELS
                ? List.of(new Violation(pointer, "at most " + MOST_STATE_LEVELS + " levels deep"))
                : List.of();
    }

    private static int levels(JsonNode node) {
        int deepest = 0;
        for (JsonNode child : node.values()) {
            deepest = Math.max(deepest, levels(child));
        }
        return node.isContainer() ? deepest + 1 : 0;
    }
}
