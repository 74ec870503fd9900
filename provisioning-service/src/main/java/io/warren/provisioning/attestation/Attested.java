package io.warren.provisioning.attestation;

import io.warren.contracts.device.DeviceId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The device is who it says.
 *
 * @param door what it came through
 * @param device its registration id: what it calls itself, or what its certificate does
 * @param facts what is known of it
 * @param enrollment the enrolment that is for one device, if it came through one, by itself or within its group
 * @param shown what its secret is derived from besides its name: the claim token, or what tells its board; empty where there is none
 * @param board what tells it from other boards that come under its name through the same door: the enrolment of its claim token, its
 *     secure element, the key of its certificate; absent where nothing does
 */
public record Attested(
        Door door,
        DeviceId device,
        Facts facts,
        @Nullable String enrollment,
        String shown,
        @Nullable String board) implements Verdict {

    /** A device that came through a group, and showed nothing of which its secret is to depend. */
    public Attested(Door door, DeviceId device, Facts facts) {
        this(door, device, facts, null, "", null);
    }

    /** A device that came through an enrolment of one device, by itself or within its group. */
    public Attested(Door door, DeviceId device, Facts facts, String enrollment, String shown) {
        this(door, device, facts, enrollment, shown, enrollment);
    }

    /** A device that came through a group with what no other board has. */
    public static Attested board(Door door, DeviceId device, Facts facts, String board) {
        return new Attested(door, device, facts, null, board, board);
    }

    /**
     * The same with what was known of the device before, and is left out now.
     *
     * @param identifiers all that it is known by physically
     */
    public Attested knownBy(
            Map<String, String> identifiers, @Nullable String hardwareVersion, @Nullable String firmwareVersion) {
        return new Attested(
                door, device, facts.knownBy(identifiers, hardwareVersion, firmwareVersion), enrollment, shown, board);
    }

    /** Keeps the claim token out of logs. */
    @Override
    public String toString() {
        return "Attested[device=" + device + ", door=" + door.name() + "]";
    }
}
