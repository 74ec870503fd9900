package io.warren.registry.device;

import static java.util.stream.Collectors.toMap;

import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.device.DeviceId;
import io.warren.contracts.device.DeviceRoute;
import io.warren.registry.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How devices are reached now, and who may speak for them. */
@Component
public class DeviceRoutes {

    private final JdbcClient jdbc;

    DeviceRoutes(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** How a device is reached; one that does not exist, on a connection of its own. */
    public DeviceRoute to(DeviceAddress address) {
        return to(List.of(address)).getOrDefault(address, new DeviceRoute(address, null));
    }

    /** How devices are reached; those that do not exist are left out. */
    public Map<DeviceAddress, DeviceRoute> to(Collection<DeviceAddress> addresses) {
        return jdbc
                .sql(
                        "SELECT tenant, id, gateway FROM device JOIN unnest(?, ?) AS asked (tenant, id) USING (tenant, id)")
                .param(Columns.of(addresses, DeviceAddress::tenant))
                .param(Columns.of(addresses, DeviceAddress::device))
                .query((row, _) -> route(row))
                .list()
                .stream()
                .collect(toMap(DeviceRoute::device, route -> route, (route, _) -> route));
    }

    /**
     * Whether a message may come that way. A device on a connection of its own was let in by the broker; a gateway speaks only for
     * devices that sit behind it now, and may connect.
     */
    public boolean isOpen(DeviceRoute route) {
        DeviceId gateway = route.gateway();
        return gateway == null
                || jdbc.sql(
                                "SELECT EXISTS (SELECT FROM device WHERE tenant = ? AND id = ? AND gateway = ? AND enabled)")
                        .params(
                                route.device().tenant().value(),
                                route.device().device().value(),
                                gateway.value())
                        .query(Boolean.class)
                        .single();
    }

    private static DeviceRoute route(ResultSet row) throws SQLException {
        String gateway = row.getString("gateway");
        return new DeviceRoute(
                DeviceAddress.of(row.getString("tenant"), row.getString("id")),
                gateway == null ? null : new DeviceId(gateway));
    }
}
