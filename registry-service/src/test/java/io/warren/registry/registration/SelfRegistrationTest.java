package io.warren.registry.registration;

import static org.assertj.core.api.Assertions.assertThat;

import io.warren.contracts.registry.RegistrationReply.Outcome;
import io.warren.contracts.registry.RegistrationRequest;
import io.warren.registry.Api;
import io.warren.registry.RegistryTest;
import io.warren.testing.backing.TestTokens;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
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
    void aNewDeviceIsLetInWithItsSecret() throws Exception {
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
    void theSameRequestAgainChangesNothing() throws Exception {
        outcome("pump", "e1", "secret-1");
        assertThat(outcome("pump", "e1", "secret-1")).isEqualTo(Outcome.ALREADY_REGISTERED);
        assertThat(api.get("/api/v1/devices/pump").eTag()).isEqualTo("\"1\"");
        assertThat(credentials()).isEqualTo(1);
    }

    @Test
    void aDeviceThatRegistersAnewGetsItsNewSecretInPlaceOfTheOldest() throws Exception {
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
    void anotherEnrollmentDoesNotTakeADeviceOver() throws Exception {
        outcome("pump", "e1", "secret-1");
        assertThat(outcome("pump", "e2", "secret-2")).isEqualTo(Outcome.CONFLICT);
        api.put("/api/v1/devices/by-hand", "{}");
        assertThat(outcome("by-hand", "e1", "secret-2")).isEqualTo(Outcome.CONFLICT);
    }

    @Test
    void aDisabledDeviceStaysOut() throws Exception {
        outcome("pump", "e1", "secret-1");
        api.patch("/api/v1/devices/pump", "{\"enabled\":false}");
        assertThat(outcome("pump", "e1", "secret-2")).isEqualTo(Outcome.REFUSED);
    }

    @Test
    void whatIsMalformedOrOfNoTenantIsRefusedWithAReason() throws Exception {
        assertThat(outcome("a.b", "e1", "s")).isEqualTo(Outcome.REFUSED);
        assertThat(registration
                        .register(new RegistrationRequest(
                                "nobody", "pump", "e1", null, Map.of(), Map.of(), sha256("s"), null, null, null, null))
                        .reason())
                .contains("nobody");
        assertThat(registration
                        .register(new RegistrationRequest(
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
                                null))
                        .outcome())
                .isEqualTo(Outcome.REFUSED);
        assertThat(registration
                        .register(new RegistrationRequest(
                                tenant, "pump", "e1", null, Map.of(), Map.of(), "not hex", null, null, null, null))
                        .outcome())
                .isEqualTo(Outcome.REFUSED);
    }

    @Test
    void whatCannotBeKeptIsRefusedWithAReason() throws Exception {
        for (Map<String, String> labels : List.of(Map.of("site", "ly\0on"), Map.of("serial", "\0"))) {
            var reply = registration.register(new RegistrationRequest(
                    tenant, "pump", "e1", null, labels, Map.of(), sha256("s"), null, null, null, null));
            assertThat(reply.outcome()).isEqualTo(Outcome.REFUSED);
            assertThat(reply.reason()).contains("U+0000");
        }
    }

    private Outcome outcome(String device, String enrollment, String secret) throws Exception {
        return registration
                .register(new RegistrationRequest(
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
                        null))
                .outcome();
    }

    private int credentials() {
        return api.get("/api/v1/devices/pump/credentials").json().at("/items").size();
    }

    private static String sha256(String text) throws Exception {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }
}
