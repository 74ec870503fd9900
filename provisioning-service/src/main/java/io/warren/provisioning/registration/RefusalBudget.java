package io.warren.provisioning.registration;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.warren.contracts.device.TenantId;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Component;

/**
 * Whoever is turned away must not be able to fill the disk with tries, under ever new ids perhaps, nor hide with them who else is
 * turned away: each tenant has a budget, and its doors have another than what leads to none. All tenants together have one as well.
 */
@Component
class RefusalBudget {

    private static final int MOST_TENANTS = 10_000;

    private final Cache<Account, Spent> accounts = Caffeine.newBuilder()
            .maximumSize(MOST_TENANTS)
            .expireAfterWrite(Duration.ofMinutes(2))
            .build();
    private final Map<Way, Spent> together = new EnumMap<>(Way.class);
    private final Clock clock;

    RefusalBudget(Clock clock) {
        this.clock = clock;
        for (Way way : Way.values()) {
            together.put(way, new Spent());
        }
    }

    /** Where an attempt led. */
    enum Way {
        /** To a door of its tenant. */
        TO_A_DOOR(60, 2_000),
        /** Nowhere: whoever knows the name of a tenant, or invents one, can have it so. */
        NOWHERE(20, 200);

        private final int ofTenant;
        private final int together;

        Way(int ofTenant, int together) {
            this.ofTenant = ofTenant;
            this.together = together;
        }
    }

    /** Whether one more refused attempt is worth a row of its own; the counter has them all. */
    boolean mayRecord(TenantId tenant, Way way) {
        long minute = clock.millis() / 60_000;
        Spent ofTenant = accounts.get(new Account(tenant, way), _ -> new Spent());
        return ofTenant.spend(minute, way.ofTenant)
                && Objects.requireNonNull(together.get(way)).spend(minute, way.together);
    }

    private record Account(TenantId tenant, Way way) {}

    /** What was spent in a minute. */
    private static final class Spent {

        private long minute;
        private int spent;

        synchronized boolean spend(long now, int most) {
            if (now != minute) {
                minute = now;
                spent = 0;
            }
            if (spent == most) {
                return false;
            }
            spent++;
            return true;
        }
    }
}
