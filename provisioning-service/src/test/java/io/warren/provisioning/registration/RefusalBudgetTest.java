package io.warren.provisioning.registration;

import static org.assertj.core.api.Assertions.assertThat;

import io.warren.contracts.device.TenantId;
import io.warren.provisioning.registration.RefusalBudget.Way;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RefusalBudgetTest {

    private static final TenantId ACME = new TenantId("acme");
    private static final TenantId OTHER = new TenantId("globex");

    private final RefusalBudget budget = new RefusalBudget(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));

    @Test
    void whoFillsTheBudgetOfOneTenantHidesNoOthersRefusals() {
        spend(ACME, Way.NOWHERE, 1_000);

        assertThat(budget.mayRecord(ACME, Way.NOWHERE)).isFalse();
        assertThat(budget.mayRecord(OTHER, Way.NOWHERE)).isTrue();
    }

    @Test
    void whoLeadsNowhereHidesNobodyWhoCameToADoor() {
        IntStream.range(0, 1_000).forEach(i -> spend(new TenantId("invented-" + i), Way.NOWHERE, 5));

        assertThat(budget.mayRecord(OTHER, Way.NOWHERE)).isFalse();
        assertThat(budget.mayRecord(ACME, Way.TO_A_DOOR)).isTrue();
    }

    private void spend(TenantId tenant, Way way, int times) {
        for (int i = 0; i < times; i++) {
            boolean _ = budget.mayRecord(tenant, way);
        }
    }
}
