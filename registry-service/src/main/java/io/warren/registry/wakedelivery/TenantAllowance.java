package io.warren.registry.wakedelivery;

import io.warren.contracts.device.TenantId;
import io.warren.registry.wakeup.WakeUpProperties;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** How many messages a tenant may send in a minute, through all its channels and replicas together. */
@Repository
class TenantAllowance {

    private final JdbcClient jdbc;
    private final WakeUpProperties properties;

    TenantAllowance(JdbcClient jdbc, WakeUpProperties properties) {
        this.jdbc = jdbc;
        this.properties = properties;
    }

    /** Takes what is left of the minute under way for some messages; answers for how many that is enough. */
    int take(TenantId tenant, int messages, Instant now) {
        return jdbc.sql("""
                        INSERT INTO wake_up_allowance AS allowance (tenant, minute, used)
                        VALUES (:tenant, :minute, least(:messages, :most))
                        ON CONFLICT (tenant) DO UPDATE SET
                            minute = excluded.minute,
                            used = least(:most, :messages + CASE WHEN allowance.minute = excluded.minute
                                                                 THEN allowance.used ELSE 0 END)
                        RETURNING new.used - CASE WHEN old.minute = new.minute THEN old.used ELSE 0 END""")
                .param("tenant", tenant.value())
                .param("minute", Timestamp.from(now.truncatedTo(ChronoUnit.MINUTES)))
                .param("messages", messages)
                .param("most", properties.perTenantAndMinute())
                .query(Integer.class)
                .single();
    }
}
