package io.warren.registry.document;

import io.warren.platform.web.MergePatch;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON objects that are changed by merge patches (RFC 7396). A patch removes what it names with null, so no member of such a
 * document is ever null; elements of arrays may be. Nothing here changes what it is given.
 */
public final class Documents {

    /** Numbers keep their digits, and a name twice in an object is refused. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    /** Numbers are the same if their values are; {@code 1.0} is {@code 1}. */
    private static final Comparator<JsonNode> BY_VALUE = (one, other) -> {
        if (one.isNumber() && other.isNumber()) {
            return one.decimalValue().compareTo(other.decimalValue());
        }
        return one.equals(other) ? 0 : 1;
    };

    private Documents() {}

    /** The document with nothing in it. */
    public static ObjectNode empty() {
        return JsonNodeFactory.instance.objectNode();
    }

    /**
     * Reads JSON.
     *
     * @throws JacksonException if it is none, or names a member twice
     */
    public static JsonNode read(String text) {
        return JSON.readTree(text);
    }

    /**
     * Reads JSON in UTF-8.
     *
     * @throws JacksonException if it is none, or names a member twice
     */
    public static JsonNode read(byte[] text) {
        return JSON.readTree(text);
    }

    /** Reads what was written as a document. */
    public static ObjectNode readDocument(String text) {
        return (ObjectNode) read(text);
    }

    /** The document as it is kept and sent, without spaces and with all digits of its numbers. */
    public static String write(JsonNode document) {
        return JSON.writeValueAsString(document);
    }

    /** The document after a patch. */
    public static ObjectNode patched(ObjectNode document, ObjectNode patch) {
        return (ObjectNode) MergePatch.merge(document, patch);
    }

    /** The smallest patch that makes one document the other; empty if they are the same. */
    public static ObjectNode difference(ObjectNode from, ObjectNode to) {
        ObjectNode patch = missing(to, from);
        from.forEachEntry((name, value) -> {
            JsonNode kept = to.get(name);
            if (kept == null) {
                patch.set(name, NullNode.instance);
            } else if (value instanceof ObjectNode before && kept instanceof ObjectNode after) {
                ObjectNode inside = difference(before, after);
                if (!inside.isEmpty()) {
                    patch.set(name, inside);
                }
            }
        });
        return patch;
    }

    /** The members of both; what is an object in both has the members of both again, and of the rest the other's count. */
    public static ObjectNode united(ObjectNode one, ObjectNode other) {
        ObjectNode united = one.deepCopy();
        other.forEachEntry((name, value) -> {
            boolean areObjects = value instanceof ObjectNode && united.get(name) instanceof ObjectNode;
            united.set(name, areObjects ? united((ObjectNode) united.get(name), (ObjectNode) value) : value);
        });
        return united;
    }

    /**
     * What a document has not of what is wanted: members that are not there and those whose values differ. Objects are compared
     * member by member, arrays as a whole. What the document has beyond what is wanted does not count. The result is a patch after
     * which nothing is missing.
     */
    public static ObjectNode missing(ObjectNode wanted, ObjectNode document) {
        ObjectNode missing = empty();
        wanted.forEachEntry((name, value) -> {
            JsonNode there = document.get(name);
            if (value instanceof ObjectNode object && there instanceof ObjectNode other) {
                ObjectNode inside = missing(object, other);
                if (!inside.isEmpty()) {
                    missing.set(name, inside);
                }
            } else if (!same(value, there)) {
                missing.set(name, value);
            }
        });
        return missing;
    }

    private static boolean same(JsonNode value, @Nullable JsonNode other) {
        return other != null && value.equals(BY_VALUE, other);
    }
}
