package io.warren.firmware.release;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where a release is in its life. */
enum ReleaseStatus {
    /** It may still be changed, and not be deployed. */
    @JsonProperty("draft")
    DRAFT,
    /** It may be deployed, and never change again. */
    @JsonProperty("released")
    RELEASED,
    /** It may be deployed no longer; what is under way goes on. */
    @JsonProperty("retired")
    RETIRED
}
