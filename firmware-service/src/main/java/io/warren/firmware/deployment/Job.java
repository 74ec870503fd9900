package io.warren.firmware.deployment;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code down/firmware/job}: what a device is to do now.
 *
 * @param release what it is to run; absent when a deployment is taken back
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Job(
        UUID deploymentId,
        Action action,
        @Nullable Release release,
        @Nullable List<Artifact> artifacts,
        @Nullable DeploymentMode mode,
        @Nullable Instant deadline) {

    static Job cancel(UUID deployment) {
        return new Job(deployment, Action.CANCEL, null, null, null, null);
    }

    /** What is to be done. */
    enum Action {
        /** Download and install. */
        @JsonProperty("install")
        INSTALL,
        /** Stop, as far as that is still possible. */
        @JsonProperty("cancel")
        CANCEL
    }

    record Release(String name, String version) {}

    /** One file, with an address that is good for this deployment only. */
    record Artifact(String name, URI url, long size, String sha256) {}
}
