package io.warren.registry.diagnostics;

import io.warren.registry.command.Enclosures;
import io.warren.registry.document.Documents;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** Tells devices where to send what a command asks for: nobody else sees the address. */
@Component
class UploadEnclosures implements Enclosures {

    /** The command that asks a device for a bundle. */
    static final String COMMAND = "diagnostics";

    /** The member of its arguments that says where to. */
    static final String MEMBER = "upload";

    private final Bundles bundles;
    private final UploadAddresses addresses;

    UploadEnclosures(Bundles bundles, UploadAddresses addresses) {
        this.bundles = bundles;
        this.addresses = addresses;
    }

    @Override
    public String command() {
        return COMMAND;
    }

    @Override
    public Map<UUID, ObjectNode> of(Collection<UUID> commands) {
        Map<UUID, ObjectNode> enclosed = new LinkedHashMap<>();
        bundles.wantedBy(commands).forEach((command, wanted) -> enclosed.put(command, upload(wanted)));
        return enclosed;
    }

    private ObjectNode upload(Bundles.Wanted wanted) {
        ObjectNode enclosed = Documents.empty();
        enclosed.putObject(MEMBER)
                .put("url", addresses.of(wanted.grant()).toString())
                .put("method", "PUT")
                .put("maximumBytes", wanted.maximumBytes())
                .put("expiresAt", wanted.grant().expiresAt().toString());
        return enclosed;
    }
}
