package io.warren.contracts.device;

import java.util.Optional;

/**
 * A device in the whole platform: {@code device@tenant}, its MQTT user name and client id.
 *
 * @param tenant the tenant that owns the device
 * @param device the device's id in that tenant
 */
public record DeviceAddress(TenantId tenant, DeviceId device) {

    /** The address made of two texts; {@link IllegalArgumentException} if either is malformed. */
    public static DeviceAddress of(String tenant, String device) {
        return new DeviceAddress(new TenantId(tenant), new DeviceId(device));
    }

    /** Reads {@code device@tenant}; empty if the text is anything else. */
    public static Optional<DeviceAddress> parse(String text) {
        int at = text.indexOf('@');
        if (at < 0) {
            return Optional.empty();
        }
        String device = text.substring(0, at);
        String tenant = text.substring(at + 1);
        return DeviceId.isValid(device) && TenantId.isValid(tenant)
                ? Optional.of(of(tenant, device))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return device + "@" + tenant;
    }
}
