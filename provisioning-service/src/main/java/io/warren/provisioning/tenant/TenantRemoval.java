package io.warren.provisioning.tenant;

import io.warren.contracts.device.TenantId;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/**
 * Removes what a tenant had by which devices could come in, and who came. A tenant goes after its devices, whose certificates are
 * revoked by then: those stay, on the revocation lists, until they end.
 */
@Service
class TenantRemoval {

    private static final int AT_ONCE = 5_000;

    /** What refers to another goes with it, or before where it may be much. Who came goes after what let them in. */
    private static final List<String> TABLES = List.of(
            "enrollment",
            "manifest_row",
            "enrollment_group",
            "certificate_authority",
            "bootstrap_session",
            "registration",
            "inquiry_turn");

    private final JdbcClient jdbc;

    TenantRemoval(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Each statement is a transaction: all that a big tenant has is too much for one. What is left when it breaks off goes the next time. */
    void remove(TenantId tenant) {
        for (String table : TABLES) {
            while (isAnyLeft(table, tenant)) {
                jdbc.sql("DELETE FROM %1$s WHERE ctid = ANY (ARRAY (SELECT ctid FROM %1$s WHERE tenant = ? LIMIT ?))"
                                .formatted(table))
                        .params(tenant.value(), AT_ONCE)
                        .update();
            }
        }
    }

    private boolean isAnyLeft(String table, TenantId tenant) {
        return jdbc.sql("SELECT EXISTS (SELECT FROM " + table + " WHERE tenant = ?)")
                .param(tenant.value())
                .query(Boolean.class)
                .single();
    }
}
