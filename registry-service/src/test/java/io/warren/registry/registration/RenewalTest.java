package io.warren.registry.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.warren.contracts.registry.CertificateRenewal;
import io.warren.contracts.registry.CredentialEvent;
import io.warren.contracts.registry.RegistrationReply;
import io.warren.contracts.registry.RegistrationReply.Outcome;
import io.warren.contracts.registry.RegistrationRequest;
import io.warren.registry.Api;
import io.warren.registry.LockWaits;
import io.warren.registry.RegistryTest;
import io.warren.registry.device.AccessChanged;
import io.warren.testing.backing.TestTokens;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.event.ApplicationEvents;
import org.springframework.test.context.event.RecordApplicationEvents;
import org.springframework.transaction.support.TransactionTemplate;

@RegistryTest
@RecordApplicationEvents
class RenewalTest {

    private static final Instant LATER = Instant.parse("2099-01-01T00:00:00Z");

    @Autowired
    RenewalListener renewals;

    @Autowired
    ApplicationEvents changes;

    @Autowired
    LockWaits waits;

    @Autowired
    TransactionTemplate transactions;

    @Autowired
    TestTokens tokens;

    @Autowired
    JdbcClient jdbc;

    @LocalServerPort
    int port;

    Api api;
    String tenant = "n-" + UUID.randomUUID().toString().substring(0, 8);

    @BeforeEach
    void makeADevice() {
        api = Api.asPlatformAdmin(port, tokens).withTenant(tenant);
        api.put("/api/v1/devices/pump", "{}");
    }

    @Test
    void theNextCertificateIsAdmittedBesideTheCurrentOneAndInPlaceOfOlderOnes() {
        String old = admitted(LATER);
        String current = admitted(LATER);
        String next = random();

        assertThat(renew(current, next)).isEqualTo(Outcome.REGISTERED);
        assertThat(kept()).containsExactlyInAnyOrder(current, next).doesNotContain(old);

        assertThat(renew(current, next)).isEqualTo(Outcome.ALREADY_REGISTERED);
        assertThat(renew(next, current)).isEqualTo(Outcome.ALREADY_REGISTERED);
        assertThat(kept()).hasSize(2);
    }

    @Test
    void whatHasEndedMakesRoomWithoutAWord() {
        admitted(Instant.parse("2020-01-01T00:00:00Z"));
        String current = admitted(LATER);

        assertThat(renew(current, random())).isEqualTo(Outcome.REGISTERED);

        assertThat(kept()).hasSize(2);
        assertThat(changes.stream(AccessChanged.class)).noneMatch(AccessChanged::narrowed);
    }

    @Test
    void whatIsReplacedWhileItIsGoodIsSaidToBeSuperseded() {
        admitted(LATER);

        renew(admitted(LATER), random());

        assertThat(changes.stream(AccessChanged.class)).anyMatch(AccessChanged::narrowed);
        assertThat(jdbc.sql(
                                "SELECT payload::jsonb ->> 'reason' FROM outbox WHERE type = ? AND payload::jsonb ->> 'tenant' = ?")
                        .params(CredentialEvent.REVOKED, tenant)
                        .query(String.class)
                        .list())
                .containsExactly("superseded");
    }

    @Test
    void whoShowsNoneThatIsAdmittedGetsNoOther() {
        admitted(LATER);
        assertThat(renew(random(), random())).isEqualTo(Outcome.REFUSED);
        assertThat(renew(admitted(Instant.parse("2020-01-01T00:00:00Z")), random()))
                .isEqualTo(Outcome.REFUSED);
        assertThat(renewals.answer(new CertificateRenewal(
                                tenant, "valve", random(), new RegistrationRequest.Certificate(random(), "1f", LATER)))
                        .outcome())
                .isEqualTo(Outcome.REFUSED);
    }

    @Test
    void aDisabledDeviceGetsNone() {
        String current = admitted(LATER);
        api.patch("/api/v1/devices/pump", "{\"enabled\":false}");
        assertThat(renew(current, random())).isEqualTo(Outcome.REFUSED);
    }

    @Test
    void oneThatIsTakenAwayAfterItWasFoundGoodIsRenewedNoMore() {
        String current = admitted(LATER);

        RegistrationReply reply = renewAfter("DELETE FROM credential WHERE tenant = ?", current, random());

        assertThat(reply.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(reply.admittedAt()).isNull();
        assertThat(kept()).isEmpty();
    }

    @Test
    void oneOfADeviceThatIsDisabledAfterItWasFoundGoodIsRenewedNoMore() {
        String current = admitted(LATER);

        RegistrationReply reply = renewAfter("UPDATE device SET enabled = false WHERE tenant = ?", current, random());

        assertThat(reply.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(kept()).containsExactly(current);
    }

    @Test
    void theAnswerSaysSinceWhenBehindWhateverHappenedToTheDeviceBefore() {
        String current = admitted(LATER);
        String next = random();

        RegistrationReply reply =
                renewAfter("UPDATE device SET created_at = clock_timestamp() WHERE tenant = ?", current, next);
        RegistrationReply again = answer(current, next);

        assertThat(reply.outcome()).isEqualTo(Outcome.REGISTERED);
        assertThat(reply.admittedAt())
                .isBetween(
                        jdbc.sql("SELECT created_at FROM device WHERE tenant = ?")
                                .param(tenant)
                                .query((row, _) -> row.getTimestamp(1).toInstant())
                                .single(),
                        Instant.now());
        assertThat(again.outcome()).isEqualTo(Outcome.ALREADY_REGISTERED);
        assertThat(again.admittedAt()).isAfterOrEqualTo(reply.admittedAt());
    }

    /** Asks while somebody else has the device, who changes something before it is this one's turn. */
    private RegistrationReply renewAfter(String change, String current, String next) {
        try (ExecutorService others = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<RegistrationReply> reply = transactions.execute(_ -> {
                jdbc.sql("SELECT id FROM device WHERE tenant = ? FOR NO KEY UPDATE")
                        .param(tenant)
                        .query(String.class)
                        .single();
                Future<RegistrationReply> asked = others.submit(() -> answer(current, next));
                await().until(waits::isSomebodyWaiting);
                jdbc.sql(change).param(tenant).update();
                return asked;
            });
            return reply.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private Outcome renew(String current, String next) {
        return answer(current, next).outcome();
    }

    private RegistrationReply answer(String current, String next) {
        return renewals.answer(new CertificateRenewal(
                tenant, "pump", current, new RegistrationRequest.Certificate(next, "1f", LATER)));
    }

    private String admitted(Instant end) {
        String sha256 = random();
        jdbc.sql("""
                        INSERT INTO credential (id, tenant, device, kind, certificate_sha256, serial, expires_at, created_at)
                        VALUES (?, ?, 'pump', 'certificate', ?, 'a1', ?, now())""")
                .params(UUID.randomUUID(), tenant, HexFormat.of().parseHex(sha256), Timestamp.from(end))
                .update();
        return sha256;
    }

    private List<String> kept() {
        return jdbc.sql("SELECT encode(certificate_sha256, 'hex') FROM credential WHERE tenant = ?")
                .param(tenant)
                .query((row, _) -> row.getString(1))
                .list();
    }

    private static String random() {
        byte[] sha256 = new byte[32];
        ThreadLocalRandom.current().nextBytes(sha256);
        return HexFormat.of().formatHex(sha256);
    }
}
