package io.warren.registry.usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.warren.contracts.telemetry.UsageEvent;
import io.warren.registry.Api;
import io.warren.registry.RegistryTest;
import io.warren.testing.backing.TestTokens;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@RegistryTest
class UsageApiTest {

    private static final LocalDate DAY = LocalDate.of(2026, 11, 20);

    @Autowired
    TestTokens tokens;

    @Autowired
    UsageListener listener;

    @LocalServerPort
    int port;

    Api integrator;

    @BeforeEach
    void connect() {
        integrator = Api.asPlatformAdmin(port, tokens).withTenant("metered");
    }

    @Test
    void theNewestCountOfADayHoldsInWhateverOrderCountsCome() {
        listener.on(counted("metered", DAY, 500));
        listener.on(counted("metered", DAY, 400));
        listener.on(counted("metered", DAY, 500));
        listener.on(counted("metered", DAY.minusDays(1), 7));

        Api.Answer answer = integrator.get("/api/v1/usage?from=2026-11-01&to=2026-11-30");

        assertThat(answer.json().at("/days").size()).isEqualTo(2);
        assertThat(answer.json().at("/days/0/day").asString()).isEqualTo("2026-11-19");
        assertThat(answer.json().at("/days/1/messages").asLong()).isEqualTo(500);
    }

    @Test
    void devicesAreCountedAsTheyComeAndGo() {
        integrator.put("/api/v1/devices/a", "{}");
        integrator.put("/api/v1/devices/b", "{}");
        integrator.delete("/api/v1/devices/a");

        assertThat(integrator.get("/api/v1/usage").json().at("/now/devices").asLong())
                .isEqualTo(1);
    }

    @Test
    void nobodySeesTheUsageOfAnotherTenant() {
        listener.on(counted("metered", DAY, 500));

        assertThat(integrator
                        .withTenant("curious")
                        .get("/api/v1/usage?from=2026-11-01&to=2026-11-30")
                        .json()
                        .at("/days")
                        .size())
                .isZero();
    }

    @Test
    void aCountOfATenantThatIsGoneIsDropped() {
        listener.on(counted("never-there", DAY, 1));

        assertThat(integrator.as("never-there", "viewer").get("/api/v1/usage").problem())
                .isEqualTo("tenant-not-found");
    }

    @Test
    void daysThatCannotBeAreRefused() {
        assertThat(integrator.get("/api/v1/usage?from=2026-11-30&to=2026-11-01").status())
                .isEqualTo(422);
        assertThat(integrator.get("/api/v1/usage?to=-999999999-01-01").status()).isEqualTo(422);
        assertThat(integrator.get("/api/v1/usage?from=yesterday").status()).isEqualTo(400);
    }

    private static UsageEvent counted(String tenant, LocalDate day, long messages) {
        return new UsageEvent(tenant, day, messages, messages, 0, messages * 50, Instant.EPOCH);
    }
}
