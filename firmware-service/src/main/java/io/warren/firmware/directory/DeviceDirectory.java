package io.warren.firmware.directory;

import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.device.DeviceId;
import io.warren.contracts.device.DeviceRoute;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.platform.registry.RegistryClient;
import io.warren.platform.security.Caller;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Knows which devices there are. */
@Component
public class DeviceDirectory {

    private static final ProblemKind NOT_FOUND =
            new ProblemKind("device-not-found", HttpStatus.NOT_FOUND, "No such device");

    private final JdbcClient jdbc;
    private final RegistryClient registry;

    DeviceDirectory(JdbcClient jdbc, RegistryClient registry) {
        this.jdbc = jdbc;
        this.registry = registry;
    }

    /**
     * The address of a device of the caller's tenant. A device that no event has told of yet is asked for at the registry, with
     * the caller's own token.
     *
     * @throws ProblemException if there is no such device, or the registry would have to be asked and does not answer
     */
    public DeviceAddress require(Caller caller, String device) {
        if (!DeviceId.isValid(device)) {
            throw notFound();
        }
        DeviceAddress address = new DeviceAddress(caller.requireTenant(), new DeviceId(device));
        if (!isKnown(address) && !registry.knows(caller, device)) {
            throw notFound();
        }
        return address;
    }

    /** How a device is reached, as far as events have told. */
    public DeviceRoute routeTo(DeviceAddress address) {
        return jdbc.sql(
                        "SELECT gateway FROM directory WHERE tenant = ? AND device = ? AND NOT deleted AND gateway IS NOT NULL")
                .params(address.tenant().value(), address.device().value())
                .query(String.class)
                .optional()
                .map(gateway -> new DeviceRoute(address, new DeviceId(gateway)))
                .orElse(new DeviceRoute(address, null));
    }

    /**
     * Whether a message may come that way: the broker lets in devices on connections of their own, and a gateway device speaks for
     * those that sit behind it now.
     */
    public boolean isOpen(DeviceRoute route) {
        return route.gateway() == null || routeTo(route.device()).equals(route);
    }

    private boolean isKnown(DeviceAddress address) {
        return jdbc.sql("SELECT EXISTS (SELECT FROM directory WHERE tenant = ? AND device = ? AND NOT deleted)")
                .params(address.tenant().value(), address.device().value())
                .query(Boolean.class)
                .single();
    }

    private static ProblemException notFound() {
        return new ProblemException(NOT_FOUND, "This tenant has no such device.");
    }
}
