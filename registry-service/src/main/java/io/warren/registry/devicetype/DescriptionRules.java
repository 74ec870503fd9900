package io.warren.registry.devicetype;

import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.Violation;
import io.warren.platform.schema.JsonSchema;
import io.warren.registry.devicetype.DeviceTypeDescription.SchemaVersion;
import io.warren.registry.document.DocumentBounds;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What is asked of the documents in a description. */
final class DescriptionRules {

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
        if (!(state instanceof ObjectNode object)) {
            return List.of(new Violation(pointer, "an object"));
        }
        try {
            DocumentBounds.check(object);
            return List.of();
        } catch (ProblemException e) {
            return List.of(new Violation(pointer, String.valueOf(e.getMessage())));
        } catch (JacksonException e) {
            return List.of(new Violation(pointer, "a number in it is too large"));
        }
    }
}
