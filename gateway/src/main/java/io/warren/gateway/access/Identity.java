package io.warren.gateway.access;

import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.device.TenantId;
import io.warren.platform.security.Role;
import org.jspecify.annotations.Nullable;

/**
 * Who is calling.
 *
 * @param subject the id of the API key, {@code device@tenant} for a device, or {@code anonymous}
 * @param tenant the tenant that the call is about: the key's own, or the one that a platform key names; absent if it names none
 * @param role what the caller may do
 */
public record Identity(String subject, @Nullable TenantId tenant, Role role) {

    /** A device that has no identity yet, or that holds an address signed for it. */
    public static final Identity ANONYMOUS_DEVICE = new Identity("anonymous", null, Role.DEVICE);

    /** A device that has proved to be it. */
    public static Identity of(DeviceAddress device) {
        return new Identity(device.toString(), device.tenant(), Role.DEVICE);
    }
}
