package io.warren.provisioning.bruteforce;

import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.device.DeviceId;
import io.warren.contracts.device.TenantId;
import io.warren.platform.peer.PeerAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Somebody tries to get in.
 *
 * @param tenant where
 * @param device in whose name; absent if that is only in the proof
 * @param door the name of the enrolment or group that the proof is for; absent if there is none
 * @param address from where; absent over MQTT
 */
public record Attempt(
        TenantId tenant,
        @Nullable DeviceId device,
        @Nullable String door,
        @Nullable String address) {

    private static final String GROUP = "group/";

    /** An attempt of which it is not known yet what it is for. */
    public static Attempt of(TenantId tenant, @Nullable DeviceId device, @Nullable String address) {
        return new Attempt(tenant, device, null, address);
    }

    /** The same, when it is known what the proof is for. */
    public Attempt at(@Nullable String tried) {
        return new Attempt(tenant, device, tried, address);
    }

    Optional<DeviceAddress> named() {
        return Optional.ofNullable(device).map(id -> new DeviceAddress(tenant, id));
    }

    Optional<PeerAddress> peer() {
        return Optional.ofNullable(address).flatMap(PeerAddress::of);
    }

    @Nullable
    String group() {
        return door != null && door.startsWith(GROUP) ? door.substring(GROUP.length()) : null;
    }

    @Nullable
    String enrollment() {
        return door != null && door.startsWith(GROUP) ? null : door;
    }
}
