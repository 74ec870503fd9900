package io.warren.registry.command;

import io.warren.registry.document.Documents;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What goes to a device with a command and is for its eyes only, such as an address that is as good as a key: it is put in when
 * the command is sent, and so stands in no table, no event and no answer to whoever may look at commands. Whoever gives such
 * commands implements this.
 */
public interface Enclosures {

    /** The name of the commands that may have some; none is asked for with others. */
    String command();

    /** What is enclosed with some commands, by their ids: members that are added to their arguments. */
    Map<UUID, ObjectNode> of(Collection<UUID> commands);

    /** The arguments of a command, if it has some, and what is enclosed. */
    static JsonNode joined(@Nullable JsonNode args, ObjectNode enclosed) {
        ObjectNode joined = args instanceof ObjectNode object ? object.deepCopy() : Documents.empty();
        joined.setAll(enclosed);
        return joined;
    }
}
