package io.warren.registry.lockout;

import io.warren.contracts.device.DeviceAddress;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** From where devices were let in lately. */
@Repository
class KnownAddresses {

    private static final int LATELY = 50;

    private final JdbcClient jdbc;

    KnownAddresses(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Whether one of the last connections of a device came from an address. */
    boolean has(DeviceAddress device, PeerAddress address) {
        return jdbc
                .sql("SELECT address FROM connection WHERE tenant = ? AND device = ? ORDER BY epoch DESC LIMIT ?")
                .params(device.tenant().value(), device.device().value(), LATELY)
                .query((row, _) -> row.getString("address"))
                .list()
                .stream()
                .anyMatch(known -> known != null
                        && PeerAddress.of(known).filter(address::equals).isPresent());
    }
}
