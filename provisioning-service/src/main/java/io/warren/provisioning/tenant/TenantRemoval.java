package io.warren.provisioning.tenant;

import io.warren.contracts.device.TenantId;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Removes what a tenant had by which devices could come in, and who came. A tenant goes after its devices, whose certificates are
 * revoked by then: those stay, on the revocation lists, until they end.
 */
@Service
class TenantRemoval {

    /** What refers to another goes with it. */
    private static final List<String> TABLES = List.of(
            "bootstrap_session",
            "enrollment",
            "enrollment_group",
            "certificate_authority",
            "registration",
            "inquiry_turn");

    private final JdbcClient jdbc;

    TenantRemoval(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Transactional
    void remove(TenantId tenant) {
        TABLES.forEach(table -> jdbc.sql("DELETE FROM " + table + " WHERE tenant = ?")
                .param(tenant.value())
                .update());
    }
}
