package io.warren.firmware.deployment;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether a device has a choice. */
enum DeploymentMode {
    /** The device is to update at once. */
    @JsonProperty("forced")
    FORCED,
    /** The device, or its user, may choose the moment. */
    @JsonProperty("optional")
    OPTIONAL
}
