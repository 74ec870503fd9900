package io.warren.firmware.status;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;
import java.util.Optional;

/**
 * Where a deployment is. It only goes forward, in the order of the constants up to {@link #REBOOTING}; steps may be left out,
 * because a device's message may be lost.
 */
public enum DeploymentStatus {
    /** The device has not been told. */
    @JsonProperty("pending")
    PENDING,
    /** The broker holds the job for the device, or the device has asked for it. */
    @JsonProperty("sent")
    SENT,
    @JsonProperty("accepted")
    ACCEPTED,
    @JsonProperty("downloading")
    DOWNLOADING,
    @JsonProperty("downloaded")
    DOWNLOADED,
    @JsonProperty("installing")
    INSTALLING,
    @JsonProperty("rebooting")
    REBOOTING,
    @JsonProperty("succeeded")
    SUCCEEDED,
    @JsonProperty("failed")
    FAILED,
    /** The device does not want it; possible until it has begun. */
    @JsonProperty("rejected")
    REJECTED,
    /** Taken back by the tenant. */
    @JsonProperty("cancelled")
    CANCELLED;

    /** Whether nothing comes after it. */
    public boolean isFinal() {
        return compareTo(SUCCEEDED) >= 0;
    }

    /** Whether another may come after it. */
    public boolean mayBecome(DeploymentStatus next) {
        if (isFinal()) {
            return false;
        }
        return next == REJECTED ? compareTo(ACCEPTED) <= 0 : compareTo(next) < 0;
    }

    /** The name in messages and in the REST API. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads what a device may say; empty for what is ours to say and for anything else. */
    static Optional<DeploymentStatus> fromDevice(String name) {
        return switch (name) {
            case "accepted",
                    "downloading",
                    "downloaded",
                    "installing",
                    "rebooting",
                    "succeeded",
                    "failed",
                    "rejected" -> Optional.of(valueOf(name.toUpperCase(Locale.ROOT)));
            default -> Optional.empty();
        };
    }
}
