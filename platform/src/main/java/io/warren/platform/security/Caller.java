package io.warren.platform.security;

import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.device.TenantId;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * Who is calling, taken from the gateway's token. A controller method gets it by declaring a parameter of this type.
 *
 * @param subject the id of the API key, {@code device@tenant} for a device, or {@code anonymous} on the addresses that devices use before they have an identity
 * @param tenant the tenant the call is about; absent for a platform key that names none
 * @param role what the caller may do
 * @param token the token itself, to be handed on with a call to another service on the caller's behalf
 */
public record Caller(String subject, @Nullable TenantId tenant, Role role, String token) {

    private static final ProblemKind DEVICE_REQUIRED =
            new ProblemKind("device-required", HttpStatus.FORBIDDEN, "For devices only");

    /**
     * The tenant the call is about.
     *
     * @throws ProblemException of kind {@link ProblemKind#TENANT_REQUIRED} if it is about none
     */
    public TenantId requireTenant() {
        if (tenant == null) {
            throw new ProblemException(
                    ProblemKind.TENANT_REQUIRED,
                    "This key belongs to no tenant: name one with the header Warren-Tenant.");
        }
        return tenant;
    }

    /**
     * The device that is calling.
     *
     * @throws ProblemException with status 403 if none has proved to be it
     */
    public DeviceAddress requireDevice() {
        return DeviceAddress.parse(subject)
                .filter(device -> role == Role.DEVICE && device.tenant().equals(tenant))
                .orElseThrow(() -> new ProblemException(DEVICE_REQUIRED, "Only a device itself can ask this."));
    }

    /** The token is a secret for as long as it lives. */
    @Override
    public String toString() {
        return "Caller[subject=" + subject + ", tenant=" + tenant + ", role=" + role + "]";
    }
}
