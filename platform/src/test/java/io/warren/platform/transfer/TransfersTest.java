package io.warren.platform.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.warren.contracts.device.TenantId;
import io.warren.platform.problem.ProblemException;
import org.junit.jupiter.api.Test;

class TransfersTest {

    private static final TenantId ACME = new TenantId("acme");

    private final Transfers transfers = new Transfers(3, 2);

    @Test
    void aTenantHasItsShareAndNoMore() {
        Transfers.Transfer first = transfers.begin(ACME);
        transfers.begin(ACME);
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> transfers.begin(ACME))
                .satisfies(
                        refusal -> assertThat(refusal.kind().status().value()).isEqualTo(429));
        first.close();
        transfers.begin(ACME);
    }

    @Test
    void allTenantsTogetherHaveTheirs() {
        transfers.begin(ACME);
        transfers.begin(ACME);
        transfers.begin(new TenantId("other"));
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> transfers.begin(new TenantId("third")));
    }
}
