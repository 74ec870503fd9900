package io.warren.provisioning.registration;

import io.warren.contracts.device.TenantId;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** How many devices have come through a door. */
@Component
public class RegistrationCounts {

    private final RegistrationRepository registrations;

    RegistrationCounts(RegistrationRepository registrations) {
        this.registrations = registrations;
    }

    /**
     * What became of the devices that came through a door.
     *
     * @param registered how many have got an identity
     * @param refused how many registrations were turned away
     */
    public record Counts(long registered, long refused) {}

    /** What became of the devices that came through a door. */
    public Counts of(TenantId tenant, String door) {
        return new Counts(
                registrations.count(tenant.value(), door, RegistrationStatus.REGISTERED),
                registrations.count(tenant.value(), door, RegistrationStatus.REFUSED));
    }

    /** How many devices have their place behind a door, besides one. */
    public int admittedBeside(TenantId tenant, String door, UUID registration) {
        return registrations.countAdmittedBeside(tenant.value(), door, registration);
    }
}
