package io.warren.provisioning.attestation;

import io.warren.contracts.device.DeviceId;
import org.jspecify.annotations.Nullable;

/**
 * The device is who it says.
 *
 * @param door what it came through
 * @param device its registration id: what it calls itself, or what its certificate does
 * @param facts what is known of it
 * @param enrollment the enrolment that is for one device, if it came through one, by itself or within its group
 * @param shown what its secret is derived from besides its name: the claim token; empty where there is none
 */
public record Attested(
        Door door, DeviceId device, Facts facts, @Nullable String enrollment, String shown) implements Verdict {

    /** A device that came through a group, and showed nothing of which its secret is to depend. */
    public Attested(Door door, DeviceId device, Facts facts) {
        this(door, device, facts, null, "");
    }

    /** Keeps the claim token out of logs. */
    @Override
    public String toString() {
        return "Attested[device=" + device + ", door=" + door.name() + "]";
    }
}
