package io.warren.provisioning.bootstrap;

import com.fasterxml.jackson.annotation.JsonIgnore;

/** What a device that is not turned away is told: a body, the same over all ways that it can come. */
public sealed interface BootstrapAnswer permits RegisterResponse, AssignedResponse, PendingResponse {

    /** The HTTP status: 200, or 202 where the device has to come again. */
    @JsonIgnore
    default int httpStatus() {
        return 200;
    }
}
