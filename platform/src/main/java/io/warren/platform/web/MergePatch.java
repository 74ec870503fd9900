package io.warren.platform.web;

import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.platform.problem.Violation;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/** JSON merge patches (RFC 7396) of what callers may change. */
public final class MergePatch {

    /** The media type of a merge patch. */
    public static final String MEDIA_TYPE = "application/merge-patch+json";

    private final JsonMapper json;
    private final Validator validator;

    MergePatch(JsonMapper json, Validator validator) {
        this.json = json;
        this.validator = validator;
    }

    /**
     * Applies a patch.
     *
     * @param patch the patch as the caller sent it
     * @param target what is to be changed, a record with Jakarta Validation constraints; it stays as it is
     * @param type the type of the target
     * @return the changed copy, validated
     * @throws ProblemException if the patch is no object, or if what comes out of it is not allowed
     */
    public <T> T apply(JsonNode patch, T target, Class<T> type) {
        if (!(patch instanceof ObjectNode)) {
            throw new ProblemException(ProblemKind.MALFORMED, "A merge patch is a JSON object.");
        }
        T changed;
        try {
            changed = json.treeToValue(merge(json.valueToTree(target), patch), type);
        } catch (JacksonException e) {
            throw invalid(List.of(Violation.at(e, "not a value that is expected here")));
        }
        Set<ConstraintViolation<T>> violations = validator.validate(changed);
        if (!violations.isEmpty()) {
            throw invalid(violations.stream()
                    .map(violation -> Violation.at(violation))
                    .toList());
        }
        return changed;
    }

    /**
     * The procedure of RFC 7396, section 2: null removes, objects merge, anything else replaces.
     *
     * @param target what is to be changed; it stays as it is
     * @param patch the patch
     * @return the changed copy, which may share with the patch what it replaces as a whole
     */
    public static JsonNode merge(JsonNode target, JsonNode patch) {
        if (!(patch instanceof ObjectNode changes)) {
            return patch;
        }
        ObjectNode merged =
                target instanceof ObjectNode object ? object.deepCopy() : JsonNodeFactory.instance.objectNode();
        changes.forEachEntry((name, value) -> {
            if (value.isNull()) {
                merged.remove(name);
            } else {
                JsonNode old = merged.get(name);
                merged.set(name, merge(old == null ? NullNode.instance : old, value));
            }
        });
        return merged;
    }

    private static ProblemException invalid(List<Violation> violations) {
        return new ProblemException(
                ProblemKind.INVALID, "Some fields would not be allowed to be as they are.", violations);
    }
}
