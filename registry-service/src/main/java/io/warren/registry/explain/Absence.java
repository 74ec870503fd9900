package io.warren.registry.explain;

import io.warren.platform.expression.Facts;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What keeps a device from being told anything. */
public final class Absence {

    private Absence() {}

    /** That it may not connect, or is not there; nothing if it is. */
    public static List<Blocker> of(Facts facts) {
        JsonNode device = facts.values().path("device");
        List<Blocker> blockers = new ArrayList<>();
        if (!device.path("enabled").asBoolean(true)) {
            blockers.add(new Blocker("device-disabled", "The device may not connect."));
        }
        if (!device.path("connected").asBoolean(false)) {
            blockers.add(new Blocker(
                    "device-offline",
                    "The device is not connected, and was last seen "
                            + device.path("lastSeenAt").asString("never") + ": it is told when it comes."));
        }
        return blockers;
    }
}
