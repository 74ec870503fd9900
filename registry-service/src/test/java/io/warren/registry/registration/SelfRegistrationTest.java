package io.warren.registry.registration;

import static org.assertj.core.api.Assertions.assertThat;

import io.warren.contracts.registry.RegistrationReply;
import io.warren.contracts.registry.RegistrationReply.Outcome;
import io.warren.contracts.registry.RegistrationRequest;
import io.warren.contracts.registry.RegistrationRequest.Mode;
import io.warren.registry.Api;
import io.warren.registry.RegistryTest;
import io.warren.testing.backing.TestTokens;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@RegistryTest
class SelfRegistrationTest {

    @Autowired
    TestTokens tokens;

    @Autowired
    SelfRegistration registration;

    @LocalServerPort
    int port;

    String tenant = "s-" + UUID.randomUUID().toString().substring(0, 8);
    Api api;

    @BeforeEach
    void makeATenant() {
        api = Api.asPlatformAdmin(port, tokens).withTenant(tenant);
    }

    @Test
    void aNewDeviceIsLetInWithItsSecret() {
        assertThat(outcome("pump", "e1", "secret-1")).isEqualTo(Outcome.REGISTERED);

        var device = api.get("/api/v1/devices/pump").json();
        assertThat(device.at("/tags/site").asString()).isEqualTo("lyon");
        assertThat(device.at("/identifiers/serial").asString()).isEqualTo("A-1");
        String username = "pump@" + tenant;
        assertThat(api.ask(
                        "user",
                        Map.of("username", username, "client_id", username, "password", "secret-1", "vhost", "/")))
                .isEqualTo("allow");
    }

    @Test
    void theSameRequestAgainChangesNothing() {
        outcome("pump", "e1", "secret-1");
        assertThat(outcome("pump", "e1", "secret-1")).isEqualTo(Outcome.ALREADY_REGISTERED);
        assertThat(api.get("/api/v1/devices/pump").eTag()).isEqualTo("\"1\"");
        assertThat(credentials()).isEqualTo(1);
    }

    @Test
    void aDeviceThatRegistersAnewGetsItsNewSecretInPlaceOfTheOldest() {
        outcome("pump", "e1", "secret-1");
        outcome("pump", "e1", "secret-2");
        assertThat(outcome("pump", "e1", "secret-3")).isEqualTo(Outcome.REGISTERED);
        assertThat(credentials()).isEqualTo(2);
        String username = "pump@" + tenant;
        assertThat(api.ask(
                        "user",
                        Map.of("username", username, "client_id", username, "password", "secret-1", "vhost", "/")))
                .startsWith("deny");
    }

    @Test
    void anotherEnrollmentDoesNotTakeADeviceOver() {
        outcome("pump", "e1", "secret-1");
        assertThat(outcome("pump", "e2", "secret-2")).isEqualTo(Outcome.CONFLICT);
        api.put("/api/v1/devices/by-hand", "{}");
        assertThat(outcome("by-hand", "e1", "secret-2")).isEqualTo(Outcome.CONFLICT);
    }

    @Test
    void aDisabledDeviceStaysOut() {
        outcome("pump", "e1", "secret-1");
        api.patch("/api/v1/devices/pump", "{\"enabled\":false}");
        assertThat(outcome("pump", "e1", "secret-2")).isEqualTo(Outcome.REFUSED);
    }

    @Test
    void whatIsMalformedOrOfNoTenantIsRefusedWithAReason() {
        assertThat(outcome("a.b", "e1", "s")).isEqualTo(Outcome.REFUSED);
        assertThat(register(new RegistrationRequest(
                                "nobody",
                                "pump",
                                "e1",
                                null,
                                Map.of(),
                                Map.of(),
                                sha256("s"),
                                null,
                                null,
                                null,
                                null,
                                null))
                        .reason())
                .contains("nobody");
        assertThat(register(new RegistrationRequest(
                                tenant,
                                "pump",
                                "e1",
                                "No Type",
                                Map.of(),
                                Map.of(),
                                sha256("s"),
                                null,
                                null,
                                null,
                                null,
                                null))
                        .outcome())
                .isEqualTo(Outcome.REFUSED);
        assertThat(register(new RegistrationRequest(
                                tenant, "pump", "e1", null, Map.of(), Map.of(), "not hex", null, null, null, null,
                                null))
                        .outcome())
                .isEqualTo(Outcome.REFUSED);
    }

    @Test
    void whatCannotBeKeptIsRefusedWithAReason() {
        for (Map<String, String> labels : List.of(Map.of("site", "ly\0on"), Map.of("serial", "\0"))) {
            var reply = register(new RegistrationRequest(
                    tenant, "pump", "e1", null, labels, Map.of(), sha256("s"), null, null, null, null, null));
            assertThat(reply.outcome()).isEqualTo(Outcome.REFUSED);
            assertThat(reply.reason()).contains("U+0000");
        }
    }

    @Test
    void aNewDeviceBeginsWithWhatItsEnrolmentSays() {
        RegistrationReply reply = register("pump", "e1", "secret-1", Map.of("every", 60), Mode.ENROL);

        assertThat(reply.desired()).isEqualTo(new RegistrationReply.Desired(1, Map.of("every", 60)));
        assertThat(api.get("/api/v1/devices/pump/state")
                        .json()
                        .at("/desired/state/every")
                        .intValue())
                .isEqualTo(60);
    }

    @Test
    void aDeviceThatIsProvisionedAnewKeepsItsStateOrBeginsAgain() {
        register("pump", "e1", "secret-1", Map.of("every", 60), Mode.ENROL);
        api.patch("/api/v1/devices/pump/state/desired", "{\"every\":5,\"more\":true}");

        assertThat(stateOf(register("pump", "e1", "secret-2", Map.of("every", 60), Mode.ENROL)))
                .isEqualTo(Map.of("every", 5, "more", true));
        assertThat(stateOf(register("pump", "e1", "secret-3", Map.of("every", 60), Mode.RESET)))
                .isEqualTo(Map.of("every", 60));
        api.patch("/api/v1/devices/pump/state/desired", "{\"every\":5}");
        // the answer was lost: it is not reset a second time
        assertThat(stateOf(register("pump", "e1", "secret-3", Map.of("every", 60), Mode.RESET)))
                .isEqualTo(Map.of("every", 5));
    }

    @Test
    void aDeviceWhoseKeyIsTheSameBeginsAgainAtEachNewAttempt() {
        register(withCertificate("der", Mode.ENROL, "r/0"));
        api.patch("/api/v1/devices/pump/state/desired", "{\"every\":5}");

        assertThat(stateOf(register(withCertificate("der", Mode.RESET, "r/1")))).isEqualTo(Map.of("every", 60));
    }

    @Test
    void aDeviceWithAnotherKeyAtEachRequestBeginsAgainOnceAtAnAttempt() {
        register(withCertificate("der-1", Mode.ENROL, "r/0"));
        register(withCertificate("der-2", Mode.RESET, "r/1"));
        api.patch("/api/v1/devices/pump/state/desired", "{\"every\":5}");
        String tag = api.get("/api/v1/devices/pump").eTag();

        RegistrationReply again = register(withCertificate("der-3", Mode.RESET, "r/1"));

        assertThat(again.outcome()).isEqualTo(Outcome.REGISTERED);
        assertThat(stateOf(again)).isEqualTo(Map.of("every", 5));
        assertThat(stateOf(register(withCertificate("der-4", Mode.RESET, "r/2"))))
                .isEqualTo(Map.of("every", 60));
        assertThat(api.get("/api/v1/devices/pump").eTag()).isEqualTo(tag);
    }

    private RegistrationRequest withCertificate(String der, Mode mode, String attempt) {
        return new RegistrationRequest(
                tenant,
                "pump",
                "e1",
                null,
                Map.of(),
                Map.of(),
                null,
                null,
                new RegistrationRequest.Certificate(sha256(der), "0a1b", Instant.parse("2099-01-01T00:00:00Z")),
                Map.of("every", 60),
                mode,
                attempt);
    }

    @Test
    void anotherBoardTakesTheDeviceOverAndTheOneBeforeIsOut() {
        outcome("pump", "e1", "secret-1");

        assertThat(register("pump", "group/pumps", "secret-2", null, Mode.REPLACE)
                        .outcome())
                .isEqualTo(Outcome.REGISTERED);
        assertThat(register("pump", "group/pumps", "secret-2", null, Mode.REPLACE)
                        .outcome())
                .isEqualTo(Outcome.ALREADY_REGISTERED);

        assertThat(credentials()).isEqualTo(1);
        assertThat(outcome("pump", "e1", "secret-1")).isEqualTo(Outcome.CONFLICT);
        assertThat(outcome("pump", "group/pumps", "secret-2")).isEqualTo(Outcome.ALREADY_REGISTERED);
    }

    @Test
    void aDeviceMayHaveACertificateInPlaceOfASecret() {
        RegistrationRequest request = new RegistrationRequest(
                tenant,
                "pump",
                "e1",
                null,
                Map.of(),
                Map.of(),
                null,
                null,
                new RegistrationRequest.Certificate(sha256("der"), "0a1b", Instant.parse("2099-01-01T00:00:00Z")),
                null,
                null,
                null);

        assertThat(register(request).outcome()).isEqualTo(Outcome.REGISTERED);
        assertThat(register(request).outcome()).isEqualTo(Outcome.ALREADY_REGISTERED);
        assertThat(api.get("/api/v1/devices/pump/credentials")
                        .json()
                        .at("/items/0/serial")
                        .asString())
                .isEqualTo("0a1b");
    }

    @Test
    void ofManyThatClaimOneNameAtTheSameMomentExactlyOneWins() throws Exception {
        try (ExecutorService executor = Executors.newFixedThreadPool(6)) {
            List<Callable<Outcome>> attempts = IntStream.range(0, 6)
                    .<Callable<Outcome>>mapToObj(i -> () -> outcome("pump", "group/pumps/board-" + i, "secret-" + i))
                    .toList();

            assertThat(executor.invokeAll(attempts).stream().map(Future::resultNow))
                    .containsOnlyOnce(Outcome.REGISTERED)
                    .filteredOn(Outcome.CONFLICT::equals)
                    .hasSize(5);
        }
    }

    private static Map<String, Object> stateOf(RegistrationReply reply) {
        return Objects.requireNonNull(reply.desired()).state();
    }

    private RegistrationReply register(
            String device, String enrollment, String secret, @Nullable Map<String, Object> desired, Mode mode) {
        return register(new RegistrationRequest(
                tenant, device, enrollment, null, Map.of(), Map.of(), sha256(secret), null, null, desired, mode, null));
    }

    private RegistrationReply register(RegistrationRequest request) {
        return Objects.requireNonNull(registration.register(List.of(request)).get(request));
    }

    private Outcome outcome(String device, String enrollment, String secret) {
        return register(new RegistrationRequest(
                        tenant,
                        device,
                        enrollment,
                        null,
                        Map.of("site", "lyon"),
                        Map.of("serial", "A-1"),
                        sha256(secret),
                        null,
                        null,
                        null,
                        null,
                        null))
                .outcome();
    }

    private int credentials() {
        return api.get("/api/v1/devices/pump/credentials").json().at("/items").size();
    }

    static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
