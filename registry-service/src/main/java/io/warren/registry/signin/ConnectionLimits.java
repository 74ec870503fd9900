package io.warren.registry.signin;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.device.TenantId;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * How many devices of a tenant may be connected. It is counted once a second, not for every sign-in; in between each replica adds
 * those that it lets in itself, so that several replicas may together let in a second's worth too many.
 */
@Component
class ConnectionLimits {

    private static final Duration COUNTED_FOR = Duration.ofSeconds(1);
    private static final int TENANTS = 10_000;

    private final JdbcClient jdbc;
    private final LoadingCache<TenantId, Room> rooms = Caffeine.newBuilder()
            .maximumSize(TENANTS)
            .expireAfterWrite(COUNTED_FOR)
            .build(this::count);

    ConnectionLimits(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Whether there is room for a device; one that is connected already takes its own place. */
    boolean admit(DeviceAddress device) {
        return rooms.get(device.tenant()).admit() || isConnected(device);
    }

    private Room count(TenantId tenant) {
        return jdbc.sql("""
                        SELECT max_connections, CASE WHEN max_connections IS NOT NULL THEN
                               (SELECT count(*) FROM presence p WHERE p.tenant = tenant.id AND connected) ELSE 0 END AS connected
                        FROM tenant WHERE id = ?""")
                .param(tenant.value())
                .query((row, _) -> new Room(row.getObject("max_connections", Long.class), row.getLong("connected")))
                .optional()
                .orElseGet(() -> new Room(0L, 0));
    }

    private boolean isConnected(DeviceAddress device) {
        return jdbc.sql("SELECT connected FROM presence WHERE tenant = ? AND device = ?")
                .params(device.tenant().value(), device.device().value())
                .query(Boolean.class)
                .optional()
                .orElse(false);
    }

    /** What is left of a tenant's limit. */
    private static final class Room {

        private final @Nullable Long limit;
        private final AtomicLong connected;

        Room(@Nullable Long limit, long connected) {
            this.limit = limit;
            this.connected = new AtomicLong(connected);
        }

        boolean admit() {
            return limit == null || connected.getAndUpdate(now -> now < limit ? now + 1 : now) < limit;
        }
    }
}
