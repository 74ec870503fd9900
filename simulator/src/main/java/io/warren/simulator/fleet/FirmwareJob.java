package io.warren.simulator.fleet;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The body of {@code firmware/job}; without an id it says that nothing is due. */
record FirmwareJob(
        @Nullable String deploymentId,
        @Nullable String action,
        @Nullable Release release,
        @Nullable List<Artifact> artifacts) {

    record Release(String name, String version) {}

    record Artifact(String name, URI url, long size, String sha256) {}

    /** Whether it asks for an update that can begin. */
    boolean isUpdate() {
        return deploymentId != null && release != null && artifacts != null && !"cancel".equals(action);
    }
}
