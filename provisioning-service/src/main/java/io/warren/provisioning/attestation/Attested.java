package io.warren.provisioning.attestation;

import io.warren.contracts.device.DeviceId;

/**
 * The device is who it says.
 *
 * @param door what it came through
 * @param device its registration id: what it calls itself, or what its certificate does
 * @param facts what is known of it
 * @param shown what its secret is derived from besides its name: the claim token; empty where there is none
 */
public record Attested(Door door, DeviceId device, Facts facts, String shown) implements Verdict {

    /** A device that showed nothing of which its secret is to depend. */
    public Attested(Door door, DeviceId device, Facts facts) {
        this(door, device, facts, "");
    }

    /** Keeps the claim token out of logs. */
    @Override
    public String toString() {
        return "Attested[device=" + device + ", door=" + door.name() + "]";
    }
}
