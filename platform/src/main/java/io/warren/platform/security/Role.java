package io.warren.platform.security;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a caller may do. Roles are ordered: each includes the ones before it, except those that no API key can have. */
public enum Role {
    /** A device, or someone who holds a signed address made for one. */
    DEVICE,
    /** The gateway, when it asks on its own account. */
    GATEWAY,
    /** Reads. */
    VIEWER,
    /** Also steers devices: commands, deployments. */
    OPERATOR,
    /** Also changes what there is: devices, credentials, enrolments, artifacts, releases. */
    INTEGRATOR,
    /** Also manages the tenant's API keys. */
    ADMIN,
    /** Also manages tenants; belongs to the platform, not to a tenant. */
    PLATFORM_ADMIN;

    /** The name in tokens and in the REST API: {@code platform-admin}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Reads a name of the REST API; empty for any other. */
    public static Optional<Role> fromWireName(String name) {
        return Arrays.stream(values())
                .filter(role -> role.wireName().equals(name))
                .findFirst();
    }

    /** Whether this role may do what is open to {@code required}. */
    public boolean includes(Role required) {
        return this == required || (isForKeys() && required.isForKeys() && compareTo(required) >= 0);
    }

    /** Whether it is a role of API keys; the others stand apart. */
    public boolean isForKeys() {
        return compareTo(VIEWER) >= 0;
    }

    /** The Spring Security authority for this role. */
    public String authority() {
        return "ROLE_" + name();
    }
}
