package io.warren.registry.brokerauth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.warren.contracts.device.DeviceAddress;
import io.warren.registry.device.AccessChanged;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * The logins of devices, from memory after the first look-up. What this replica changes it forgets after the commit; a look-up
 * that began before is waited for, so that none can leave behind what was true before.
 */
@Component
class Logins {

    private final Cache<DeviceAddress, Login> cache;
    private final JdbcClient jdbc;

    Logins(BrokerAuthProperties properties, JdbcClient jdbc) {
        this.cache = Caffeine.newBuilder()
                .maximumSize(properties.cacheSize())
                .expireAfterWrite(properties.cacheTime())
                .build();
        this.jdbc = jdbc;
    }

    Login of(DeviceAddress address) {
        return cache.get(address, this::load);
    }

    @TransactionalEventListener
    void forget(AccessChanged change) {
        forget(change.address());
    }

    void forget(DeviceAddress address) {
        cache.invalidate(address);
    }

    /** For when it is not known what changed. */
    void forgetAll() {
        cache.invalidateAll();
    }

    private Login load(DeviceAddress address) {
        return jdbc.sql("""
                        SELECT enabled, array(SELECT secret_sha256 FROM credential c
                                              WHERE c.tenant = d.tenant AND c.device = d.id) AS secrets
                        FROM device d WHERE tenant = ? AND id = ?""")
                .params(address.tenant().value(), address.device().value())
                .query((row, _) -> new Login(row.getBoolean("enabled"), secrets(row)))
                .optional()
                .orElse(Login.NONE);
    }

    private static List<byte[]> secrets(ResultSet row) throws SQLException {
        Array array = row.getArray("secrets");
        return Arrays.stream((Object[]) array.getArray())
                .map(byte[].class::cast)
                .toList();
    }
}
