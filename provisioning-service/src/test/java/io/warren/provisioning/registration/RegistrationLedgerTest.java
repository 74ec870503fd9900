package io.warren.provisioning.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.warren.contracts.device.DeviceId;
import io.warren.contracts.device.TenantId;
import io.warren.contracts.registry.RegistrationReply;
import io.warren.platform.outbox.Outbox;
import io.warren.provisioning.ProvisioningTest;
import io.warren.provisioning.admission.AdmissionStep;
import io.warren.provisioning.attestation.AttestationKind;
import io.warren.provisioning.attestation.Attestations;
import io.warren.provisioning.attestation.Attested;
import io.warren.provisioning.attestation.Door;
import io.warren.provisioning.attestation.Facts;
import io.warren.provisioning.attestation.RegisterRequest;
import io.warren.provisioning.attestation.Source;
import io.warren.provisioning.policy.EnrollmentPolicy;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
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
    private static final EnrollmentPolicy FOR_ONE =
            new EnrollmentPolicy(null, null, null, null, null, null, 1, null, null, null, null, null, null);

    @Autowired
    private RegistrationLedger ledger;

    @Autowired
    private RegistrationRepository registrations;

    @Autowired
    private Registrations reading;

    @Autowired
    private Attestations attestations;

    @Autowired
    private List<AdmissionStep> steps;

    @Autowired
    private RegistrationProperties properties;

    @Autowired
    private Outbox outbox;

    @Autowired
    private JsonMapper json;

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
    @CsvSource(delimiter = '|', textBlock = """
            expires_at = now()                             | The enrolment has expired.
            revoked_at = now()                             | The enrolment was revoked.
            admitted_device = 'pump-1', admitted_at = now()| The claim token was used by another device.
            device_id = 'pump-1'                           | The enrolment is for another device id.""", quoteCharacter = '"')
    void aDeviceThatIsRefusedAgainAndAgainKeepsItsRow(String change, String reason) {
        String token = enroll();
        jdbc.sql("UPDATE enrollment SET " + change + " WHERE tenant = ?")
                .param(tenant.value())
                .update();

        for (int i = 0; i < 5; i++) {
            attempt(ledger, request("pump-17", token));
        }

        assertThat(list()).singleElement().satisfies(registration -> {
            assertThat(registration.status()).isEqualTo(RegistrationStatus.REFUSED);
            assertThat(registration.reason()).isEqualTo(reason);
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
            close(ledger, request, new RegistrationReply(outcome, "not that one"));
        }

        assertThat(list()).singleElement().satisfies(registration -> {
            assertThat(registration.status()).isEqualTo(RegistrationStatus.REFUSED);
            assertThat(registration.attempts()).isEqualTo(5);
        });
        close(ledger, request, new RegistrationReply(RegistrationReply.Outcome.REGISTERED, null));
        assertThat(list()).singleElement().satisfies(registration -> {
            assertThat(registration.status()).isEqualTo(RegistrationStatus.REGISTERED);
            assertThat(registration.reason()).isNull();
        });
    }

    @Test
    void aRefusalDoesNotHideThatTheDeviceWasRegistered() {
        RegisterRequest request = request("pump-17", enroll());
        close(ledger, request, new RegistrationReply(RegistrationReply.Outcome.REGISTERED, null));
        jdbc.sql("UPDATE enrollment SET revoked_at = now() WHERE tenant = ?")
                .param(tenant.value())
                .update();

        attempt(ledger, request);
        attempt(ledger, request);

        assertThat(list())
                .extracting(RegistrationView::status)
                .containsExactly(RegistrationStatus.REFUSED, RegistrationStatus.REGISTERED);
    }

    @Test
    void whoShowsAUsedTokenUnderEverNewIdsDoesNotFillTheDisk() {
        String token = enroll();
        open(request("pump-17", token));
        Clock stopped = Clock.fixed(Instant.now(), ZoneOffset.UTC);
        RegistrationLedger flooded = new RegistrationLedger(
                new RegistrationEntries(registrations, new RefusalBudget(stopped), json),
                steps,
                properties,
                outbox,
                stopped);

        for (int i = 0; i < RECORDED_PER_MINUTE + 20; i++) {
            RegisterRequest request = request("other-" + i, token);
            transaction.executeWithoutResult(_ -> attempt(flooded, request));
        }

        assertThat(jdbc.sql("SELECT count(*) FROM registration WHERE tenant = ? AND outcome = 'REFUSED'")
                        .param(tenant.value())
                        .query(Integer.class)
                        .single())
                .isEqualTo(RECORDED_PER_MINUTE);
    }

    @Test
    void twoAnswersToOneDeviceAtTheSameMomentAreBothTaken() throws Exception {
        RegisterRequest request = request("pump-17", enroll());
        Decision.Admitted admitted = open(request);
        UUID id = admitted.registration();
        RegistrationReply reply = new RegistrationReply(RegistrationReply.Outcome.REGISTERED, null);
        try (ExecutorService executor = Executors.newFixedThreadPool(2)) {
            List<Future<?>> answers = Objects.requireNonNull(transaction.execute(status -> {
                jdbc.sql("SELECT id FROM registration WHERE id = ? FOR UPDATE")
                        .param(id)
                        .query(UUID.class)
                        .single();
                List<Future<?>> closing = List.of(
                        executor.submit(() -> ledger.close(admitted, attested(request), reply)),
                        executor.submit(() -> ledger.close(admitted, attested(request), reply)));
                await().until(() -> waiting() == 2);
                return closing;
            }));

            for (Future<?> answer : answers) {
                answer.get(10, TimeUnit.SECONDS);
            }
        }
        assertThat(reading.get(tenant, id).status()).isEqualTo(RegistrationStatus.REGISTERED);
    }

    @Test
    void aDeviceThatIsRegisteredIsNotForgottenBecauseItIsRefusedNow() {
        RegisterRequest request = request("pump-17", enroll());
        close(ledger, request, new RegistrationReply(RegistrationReply.Outcome.REGISTERED, null));
        jdbc.sql("""
                        UPDATE registration SET registered_at = registered_at - interval '2 hours',
                            outcome = 'REFUSED', updated_at = now() - interval '1 year' WHERE tenant = ?""").param(tenant.value()).update();

        reading.prune();

        assertThat(list()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aTokenOpensNothingLaterThoughTheRegistryHasRefusedItsDeviceMeanwhile(boolean unanswered) {
        RegisterRequest request = request("pump-17", enroll());
        close(ledger, request, new RegistrationReply(RegistrationReply.Outcome.REGISTERED, null));
        close(ledger, request, new RegistrationReply(RegistrationReply.Outcome.REFUSED, "The device is disabled."));
        if (unanswered) {
            open(request);
        }
        jdbc.sql("UPDATE registration SET registered_at = registered_at - interval '2 hours' WHERE tenant = ?")
                .param(tenant.value())
                .update();

        assertThat(attempt(ledger, request)).isInstanceOf(Decision.Refused.class);
    }

    @Test
    void aGroupThatIsRemovedMeanwhileLetsNobodyIn() {
        RegisterRequest request = request("pump-17", "shown");
        Door gone = new Door(Door.Kind.GROUP, "gone", FOR_ONE);
        Attested attested =
                new Attested(gone, new DeviceId("pump-17"), Facts.of(request, "pump-17", gone, Source.UNKNOWN));

        assertThat(ledger.open(request, attested, Source.UNKNOWN)).isInstanceOf(Decision.Refused.class);
    }

    private int waiting() {
        return jdbc.sql("""
                        SELECT count(*) FROM pg_stat_activity
                        WHERE datname = current_database() AND wait_event_type = 'Lock'""").query(Integer.class).single();
    }

    private Decision.Admitted open(RegisterRequest request) {
        return (Decision.Admitted) attempt(ledger, request);
    }

    private Decision attempt(RegistrationLedger account, RegisterRequest request) {
        return account.open(request, attested(request), Source.UNKNOWN);
    }

    private void close(RegistrationLedger account, RegisterRequest request, RegistrationReply reply) {
        account.close((Decision.Admitted) attempt(account, request), attested(request), reply);
    }

    private Attested attested(RegisterRequest request) {
        return (Attested) attestations.attest(request, Source.UNKNOWN);
    }

    private List<RegistrationView> list() {
        return reading.list(tenant, new RegistrationFilter(null, null, null, null, null, null), null, 100)
                .items();
    }

    private RegisterRequest request(String device, String token) {
        return new RegisterRequest(
                tenant,
                new DeviceId(device),
                new RegisterRequest.Attestation(AttestationKind.CLAIM_TOKEN, token, null),
                Map.of(),
                null,
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
