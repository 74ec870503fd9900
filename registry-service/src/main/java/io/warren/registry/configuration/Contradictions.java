package io.warren.registry.configuration;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Finds where two merge patches have the same document be different. */
public final class Contradictions {

    private Contradictions() {}

    /** JSON pointers (RFC 6901) to what they do not agree on, in order; what only one of them speaks of is not among it. */
    public static List<String> between(ObjectNode one, ObjectNode other) {
        List<String> pointers = new ArrayList<>();
        collect(one, other, "", pointers);
        Collections.sort(pointers);
        return pointers;
    }

    private static void collect(ObjectNode one, ObjectNode other, String pointer, List<String> pointers) {
        one.forEachEntry((name, value) -> {
            if (!other.has(name)) {
                return;
            }
            String below = pointer + "/" + name.replace("~", "~0").replace("/", "~1");
            if (value instanceof ObjectNode object && other.get(name) instanceof ObjectNode otherObject) {
                collect(object, otherObject, below, pointers);
            } else if (!value.equals(other.get(name))) {
                pointers.add(below);
            }
        });
    }
}
