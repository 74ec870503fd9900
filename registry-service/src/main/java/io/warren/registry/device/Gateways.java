package io.warren.registry.device;

import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.device.DeviceId;
import io.warren.contracts.device.TenantId;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.platform.problem.Violation;
import io.warren.registry.Columns;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Which devices sit behind others: one level deep, so that a message passes one gateway device at the most. */
@Component
class Gateways {

    private static final int MOST_BEHIND = 1_000;

    /** Of a tenant, a gateway device and one behind it together, so that every topic fits into a routing key of 255 bytes. */
    private static final int LONGEST_NAMES = 130;

    private static final String POINTER = "/gateway";

    private static final ProblemKind IN_USE =
            new ProblemKind("gateway-in-use", HttpStatus.CONFLICT, "There are devices behind this one");

    private final JdbcClient jdbc;

    Gateways(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Makes sure that devices may sit where their descriptions say, and go on to until the transaction ends. The devices are
     * written already, and locked together with their gateways; a gateway that was not known of then is locked here.
     *
     * @throws ProblemException of kind {@link ProblemKind#INVALID} if one may not
     */
    void check(Collection<Device> devices) {
        Map<TenantId, Map<DeviceId, Set<DeviceId>>> asked = new HashMap<>();
        for (Device device : devices) {
            DeviceId gateway = device.description().gateway();
            if (gateway != null) {
                asked.computeIfAbsent(device.address().tenant(), _ -> new HashMap<>())
                        .computeIfAbsent(gateway, _ -> new HashSet<>())
                        .add(device.address().device());
            }
        }
        asked.forEach(this::check);
    }

    private void check(TenantId tenant, Map<DeviceId, Set<DeviceId>> behind) {
        Map<String, Gateway> gateways = lock(tenant, behind.keySet());
        behind.forEach((id, devices) -> {
            Gateway gateway = gateways.get(id.value());
            if (gateway == null) {
                throw refused("there is no device " + id);
            }
            if (gateway.behind() != null || devices.contains(id)) {
                throw refused(id + " sits behind a gateway itself");
            }
            if (gateway.has() > MOST_BEHIND) {
                throw refused("at most " + MOST_BEHIND + " devices sit behind one");
            }
            for (DeviceId device : devices) {
                if (tenant.value().length()
                                + id.value().length()
                                + device.value().length()
                        > LONGEST_NAMES) {
                    throw refused("the names of tenant, gateway and device have at most " + LONGEST_NAMES
                            + " characters together");
                }
            }
        });
        Set<DeviceId> all = new HashSet<>();
        behind.values().forEach(all::addAll);
        if (isGatewayAmong(tenant, all)) {
            throw refused("there are devices behind this one");
        }
    }

    /** Makes sure that nothing sits behind a device, whose row is locked. */
    void requireNothingBehind(DeviceAddress address) {
        if (isGatewayAmong(address.tenant(), List.of(address.device()))) {
            throw new ProblemException(
                    IN_USE, "Give the devices behind " + address.device() + " another gateway, or none, first.");
        }
    }

    private boolean isGatewayAmong(TenantId tenant, Collection<DeviceId> devices) {
        return jdbc.sql("SELECT EXISTS (SELECT FROM device WHERE tenant = ? AND gateway = ANY(?))")
                .param(tenant.value())
                .param(Columns.of(devices, DeviceId::value))
                .query(Boolean.class)
                .single();
    }

    private Map<String, Gateway> lock(TenantId tenant, Set<DeviceId> ids) {
        Set<String> ordered = new TreeSet<>(ids.stream().map(DeviceId::value).toList());
        Map<String, Gateway> locked = new HashMap<>();
        jdbc.sql("""
                        WITH held AS MATERIALIZED
                            (SELECT tenant, id, gateway FROM device WHERE tenant = ? AND id = ANY(?)
                             ORDER BY id FOR NO KEY UPDATE)
                        SELECT id, gateway,
                               (SELECT count(*) FROM device WHERE device.tenant = held.tenant AND device.gateway = held.id)
                        FROM held""")
                .param(tenant.value())
                .param(ordered.toArray(String[]::new))
                .query(row -> {
                    locked.put(row.getString(1), new Gateway(row.getString(2), row.getInt(3)));
                });
        return locked;
    }

    private static ProblemException refused(String detail) {
        return new ProblemException(
                ProblemKind.INVALID,
                "The device cannot sit behind that gateway.",
                List.of(new Violation(POINTER, detail)));
    }

    /**
     * A device that others are to sit behind.
     *
     * @param behind the gateway that it sits behind itself
     * @param has how many sit behind it
     */
    private record Gateway(@Nullable String behind, int has) {}
}
