package io.warren.provisioning.bruteforce;

import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.device.TenantId;
import io.warren.platform.peer.PeerAddress;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What failures are counted of.
 *
 * @param kind what it is
 * @param name which it is, among those of its kind
 */
record Suspect(Kind kind, String name) {

    /** A device at an address. Without one it comes over MQTT, where the broker looks at addresses. */
    static Suspect device(DeviceAddress device, @Nullable PeerAddress address) {
        return new Suspect(Kind.DEVICE, device + " " + (address == null ? "mqtt" : address.text()));
    }

    /** Whoever comes from an address. */
    static Suspect address(PeerAddress address) {
        return new Suspect(Kind.ADDRESS, address.text());
    }

    /** An enrolment or a group; none stands for the claim tokens that a tenant does not have. */
    static Suspect door(TenantId tenant, @Nullable String door) {
        return new Suspect(Kind.DOOR, tenant + (door == null ? "" : " " + door));
    }

    /** What failures are counted of. */
    enum Kind {
        /** Those in the name of a device at one address. */
        DEVICE,
        /** Those from an address. */
        ADDRESS,
        /** Those at an enrolment or group. */
        DOOR;

        /** What it is called in metrics. */
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
