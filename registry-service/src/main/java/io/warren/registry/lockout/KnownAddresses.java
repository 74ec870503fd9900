package io.warren.registry.lockout;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.warren.contracts.device.DeviceAddress;
import io.warren.platform.peer.PeerAddress;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** From where devices were let in lately, by the broker or over HTTPS. */
@Repository
class KnownAddresses {

    private static final Logger log = LoggerFactory.getLogger(KnownAddresses.class);
    private static final int LATELY = 50;

    /** How many addresses are remembered of a device that comes over HTTPS. */
    private static final int REMEMBERED = 10;

    /** Who comes again and again from the same address is written down this seldom. */
    private static final Duration WRITTEN_EVERY = Duration.ofHours(6);

    private final JdbcClient jdbc;
    private final Clock clock;
    private final Cache<Guest, Boolean> written;

    KnownAddresses(JdbcClient jdbc, LockoutProperties properties, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.written = Caffeine.newBuilder()
                .maximumSize(properties.cacheSize())
                .expireAfterWrite(WRITTEN_EVERY)
                .build();
    }

    /** Whether a device was let in from an address, not long ago or not many others since. */
    boolean has(DeviceAddress device, PeerAddress address) {
        return cameOverHttps(device, address)
                || jdbc
                        .sql(
                                "SELECT address FROM connection WHERE tenant = ? AND device = ? ORDER BY epoch DESC LIMIT ?")
                        .params(device.tenant().value(), device.device().value(), LATELY)
                        .query((row, _) -> row.getString("address"))
                        .list()
                        .stream()
                        .anyMatch(known -> known != null
                                && PeerAddress.of(known).filter(address::equals).isPresent());
    }

    /** Notes that a device was let in over HTTPS. If that cannot be written down, it is let in all the same. */
    void note(DeviceAddress device, PeerAddress address) {
        Guest guest = new Guest(device, address);
        if (written.asMap().putIfAbsent(guest, true) != null) {
            return;
        }
        try {
            write(device, address);
        } catch (DataAccessException e) {
            written.invalidate(guest);
            log.warn("Where {} came from is not remembered: {}", device, e.toString());
        }
    }

    private boolean cameOverHttps(DeviceAddress device, PeerAddress address) {
        return jdbc.sql("SELECT EXISTS (SELECT FROM known_address WHERE tenant = ? AND device = ? AND address = ?)")
                .params(device.tenant().value(), device.device().value(), address.text())
                .query(Boolean.class)
                .single();
    }

    private void write(DeviceAddress device, PeerAddress address) {
        jdbc.sql("""
                        WITH noted AS (
                            INSERT INTO known_address (tenant, device, address, seen_at)
                            SELECT tenant, id, :address, :now FROM device WHERE tenant = :tenant AND id = :device
                            ON CONFLICT (tenant, device, address) DO UPDATE SET seen_at = excluded.seen_at)
                        DELETE FROM known_address WHERE tenant = :tenant AND device = :device AND address IN
                            (SELECT address FROM known_address
                             WHERE tenant = :tenant AND device = :device AND address <> :address
                             ORDER BY seen_at DESC OFFSET :others)""")
                .param("tenant", device.tenant().value())
                .param("device", device.device().value())
                .param("address", address.text())
                .param("now", Timestamp.from(clock.instant()))
                .param("others", REMEMBERED - 1)
                .update();
    }

    private record Guest(DeviceAddress device, PeerAddress address) {}
}
