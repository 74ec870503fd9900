package io.warren.provisioning.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.warren.contracts.device.DeviceId;
import io.warren.contracts.device.TenantId;
import io.warren.contracts.registry.RegistrationReply;
import io.warren.provisioning.ProvisioningTest;
import io.warren.provisioning.enrollment.Admission;
import io.warren.provisioning.enrollment.Admissions;
import io.warren.testing.backing.Backed;
import io.warren.testing.backing.TestTokens;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

@ProvisioningTest
@Backed
class RegistrationLedgerTest {

    private static final int RECORDED_PER_MINUTE = 60;

    @Autowired
    private RegistrationLedger ledger;

    @Autowired
    private RegistrationRepository registrations;

    @Autowired
    private Admissions admissions;

    @Autowired
    private BootstrapProperties properties;

    @Autowired
    private MeterRegistry meters;

    @Autowired
    private TransactionTemplate transaction;

    @Autowired
    private RestTestClient http;

    @Autowired
    private TestTokens tokens;

    @Autowired
    private JdbcClient jdbc;

    private TenantId tenant = new TenantId("acme");

    @BeforeEach
    void ownTenant() {
        tenant = new TenantId("t" + UUID.randomUUID().toString().substring(0, 8));
    }

    @ParameterizedTest
    @EnumSource(value = Admission.Reason.class, mode = EnumSource.Mode.EXCLUDE, names = "UNKNOWN")
    void aDeviceThatIsRefusedAgainAndAgainKeepsItsRow(Admission.Reason reason) {
        String token = enroll();
        String change = switch (reason) {
            case EXPIRED -> "expires_at = now()";
            case REVOKED -> "revoked_at = now()";
            case CLAIMED -> "admitted_device = 'pump-1', admitted_at = now()";
            case OTHER_DEVICE_EXPECTED -> "device_id = 'pump-1'";
            case UNKNOWN -> throw new AssertionError(reason);
        };
        jdbc.sql("UPDATE enrollment SET " + change + " WHERE tenant = ?")
                .param(tenant.value())
                .update();

        for (int i = 0; i < 5; i++) {
            ledger.open(request("pump-17", token));
        }

        assertThat(list()).singleElement().satisfies(registration -> {
            assertThat(registration.outcome()).isEqualTo(Registration.Outcome.REFUSED);
            assertThat(registration.reason()).isEqualTo(reason.text());
            assertThat(registration.attempts()).isEqualTo(5);
        });
    }

    @ParameterizedTest
    @EnumSource(
            value = RegistrationReply.Outcome.class,
            names = {"CONFLICT", "REFUSED"})
    void aDeviceThatTheRegistryRefusesAgainAndAgainKeepsItsRow(RegistrationReply.Outcome outcome) {
        RegisterRequest request = request("pump-17", enroll());
        for (int i = 0; i < 5; i++) {
            ledger.close(open(request), new RegistrationReply(outcome, "not that one"));
        }

        assertThat(list()).singleElement().satisfies(registration -> {
            assertThat(registration.outcome()).isEqualTo(Registration.Outcome.REFUSED);
            assertThat(registration.attempts()).isEqualTo(5);
        });
        ledger.close(open(request), new RegistrationReply(RegistrationReply.Outcome.REGISTERED, null));
        assertThat(list()).singleElement().satisfies(registration -> {
            assertThat(registration.outcome()).isEqualTo(Registration.Outcome.REGISTERED);
            assertThat(registration.reason()).isNull();
        });
    }

    @Test
    void aRefusalDoesNotHideThatTheDeviceWasRegistered() {
        RegisterRequest request = request("pump-17", enroll());
        ledger.close(open(request), new RegistrationReply(RegistrationReply.Outcome.REGISTERED, null));
        jdbc.sql("UPDATE enrollment SET revoked_at = now() WHERE tenant = ?")
                .param(tenant.value())
                .update();

        ledger.open(request);
        ledger.open(request);

        assertThat(list())
                .extracting(RegistrationView::outcome)
                .containsExactly(Registration.Outcome.REFUSED, Registration.Outcome.REGISTERED);
    }

    @Test
    void whoShowsAUsedTokenUnderEverNewIdsDoesNotFillTheDisk() {
        String token = enroll();
        open(request("pump-17", token));
        Clock stopped = Clock.fixed(Instant.now(), ZoneOffset.UTC);
        RegistrationLedger flooded = new RegistrationLedger(
                registrations, admissions, new RefusalBrake(properties, meters, stopped), properties, stopped);

        for (int i = 0; i < RECORDED_PER_MINUTE + 20; i++) {
            RegisterRequest request = request("other-" + i, token);
            transaction.executeWithoutResult(status -> flooded.open(request));
        }

        assertThat(jdbc.sql("SELECT count(*) FROM registration WHERE tenant = ? AND outcome = 'REFUSED'")
                        .param(tenant.value())
                        .query(Integer.class)
                        .single())
                .isEqualTo(RECORDED_PER_MINUTE);
    }

    @Test
    void twoAnswersToOneDeviceAtTheSameMomentAreBothTaken() throws Exception {
        UUID id = open(request("pump-17", enroll()));
        RegistrationReply reply = new RegistrationReply(RegistrationReply.Outcome.REGISTERED, null);
        try (ExecutorService executor = Executors.newFixedThreadPool(2)) {
            List<Future<?>> answers = Objects.requireNonNull(transaction.execute(status -> {
                jdbc.sql("SELECT id FROM registration WHERE id = ? FOR UPDATE")
                        .param(id)
                        .query(UUID.class)
                        .single();
                List<Future<?>> closing = List.of(
                        executor.submit(() -> ledger.close(id, reply)), executor.submit(() -> ledger.close(id, reply)));
                await().until(() -> waiting() == 2);
                return closing;
            }));

            for (Future<?> answer : answers) {
                answer.get(10, TimeUnit.SECONDS);
            }
        }
        assertThat(ledger.get(tenant, id).outcome()).isEqualTo(Registration.Outcome.REGISTERED);
    }

    private int waiting() {
        return jdbc.sql("""
                        SELECT count(*) FROM pg_stat_activity
                        WHERE datname = current_database() AND wait_event_type = 'Lock'""").query(Integer.class).single();
    }

    private UUID open(RegisterRequest request) {
        return Objects.requireNonNull(ledger.open(request).registration());
    }

    private List<RegistrationView> list() {
        return ledger.list(tenant, null, 100).items();
    }

    private RegisterRequest request(String device, String token) {
        return new RegisterRequest(
                tenant,
                new DeviceId(device),
                new RegisterRequest.Attestation(RegisterRequest.Attestation.Kind.CLAIM_TOKEN, token),
                Map.of(),
                null,
                null);
    }

    private String enroll() {
        String answer = http.post()
                .uri("/api/v1/enrollments")
                .header("Authorization", tokens.bearer(tenant.value(), "integrator"))
                .contentType(MediaType.APPLICATION_JSON)
                .body("{\"attestation\":{\"kind\":\"claim-token\"}}")
                .exchange()
                .expectStatus()
                .isCreated()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();
        return JsonMapper.shared().readTree(answer).get("claimToken").stringValue();
    }
}
