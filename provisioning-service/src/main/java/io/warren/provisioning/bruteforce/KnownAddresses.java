package io.warren.provisioning.bruteforce;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.warren.contracts.device.DeviceAddress;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** From where devices were let in lately. Asked only of addresses where failures are counted. */
@Repository
class KnownAddresses {

    private static final Duration LATELY = Duration.ofDays(30);
    private static final Duration REMEMBERED = Duration.ofMinutes(1);
    private static final int MOST_REMEMBERED = 10_000;

    private final JdbcClient jdbc;
    private final Clock clock;
    private final Cache<String, Boolean> remembered = Caffeine.newBuilder()
            .maximumSize(MOST_REMEMBERED)
            .expireAfterWrite(REMEMBERED)
            .build();

    KnownAddresses(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Whether any device was let in from an address, as of a minute ago. */
    boolean has(String address) {
        return remembered.get(
                address,
                _ -> jdbc.sql("SELECT EXISTS (SELECT FROM registration WHERE address = ? AND registered_at > ?)")
                        .params(address, Timestamp.from(clock.instant().minus(LATELY)))
                        .query(Boolean.class)
                        .single());
    }

    /** Whether a device was let in from an address. */
    boolean has(String address, DeviceAddress device) {
        return jdbc.sql("""
                        SELECT EXISTS (SELECT FROM registration
                        WHERE tenant = ? AND registration_id = ? AND address = ? AND registered_at IS NOT NULL)""")
                .params(device.tenant().value(), device.device().value(), address)
                .query(Boolean.class)
                .single();
    }
}
