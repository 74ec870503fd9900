package io.warren.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.warren.contracts.firmware.DeploymentEvent;
import io.warren.contracts.firmware.ReleaseEvent;
import io.warren.contracts.provisioning.BootstrapAttackEvent;
import io.warren.contracts.provisioning.BootstrapSignInQuestion;
import io.warren.contracts.provisioning.BundleEvent;
import io.warren.contracts.provisioning.CertificateEvent;
import io.warren.contracts.provisioning.EnrollmentEvent;
import io.warren.contracts.provisioning.RegistrationEvent;
import io.warren.contracts.registry.CertificateRenewal;
import io.warren.contracts.registry.RegistrationRequest;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Each message as it is on the wire. These files change by additions only; anything else is a new version beside the old. */
class GoldenJsonTest {

    private static final JsonMapper JSON = JsonMapper.shared();

    private static final UUID REGISTRATION = UUID.fromString("0b8f0e7e-2f43-4c0b-9d13-6a0f1d2c3b4a");

    static Stream<Arguments> messages() {
        String deployment = "6f1e4c9a-0d53-4f7e-9d5e-0a8f3a1c2b4d";
        return Stream.of(
                arguments(EnrollmentEvent.CREATED, new EnrollmentEvent("acme", "line-1", 0, null, "pump", at("10:00"))),
                arguments(
                        EnrollmentEvent.CLAIMED,
                        new EnrollmentEvent("acme", "line-1", 1, "pump-17", "pump", at("10:05"))),
                arguments(
                        EnrollmentEvent.REVOKED,
                        new EnrollmentEvent("acme", "line-1", 2, "pump-17", "pump", at("11:00"))),
                arguments(BundleEvent.EXPORTED, bundle(at("10:00"))),
                arguments(BundleEvent.IMPORTED, bundle(at("11:00"))),
                arguments(CertificateEvent.ISSUED, certificate(null, at("10:00"))),
                arguments(CertificateEvent.EXPIRING, certificate(null, at("12:00"))),
                arguments(CertificateEvent.REVOKED, certificate("key-compromise", at("11:00"))),
                arguments(
                        RegistrationRequest.TYPE,
                        new RegistrationRequest(
                                "acme",
                                "pump-17",
                                "line-1",
                                "pump",
                                Map.of("site", "lyon"),
                                Map.of("serial", "S-1"),
                                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                                "AWEq",
                                null,
                                Map.of("interval", 60),
                                RegistrationRequest.Mode.RESET,
                                "0f8fad5b-d9cb-469f-a165-70867728950e/2")),
                arguments(
                        RegistrationEvent.REGISTERED,
                        new RegistrationEvent(
                                "acme", REGISTRATION, 1, "0123AB", "pump-17", "pumps", null, null, at("10:00"))),
                arguments(
                        RegistrationEvent.PENDING,
                        new RegistrationEvent(
                                "acme", REGISTRATION, 0, "0123AB", "pump-17", "pumps", null, null, at("10:00"))),
                arguments(
                        RegistrationEvent.ASSIGNED,
                        new RegistrationEvent(
                                "acme", REGISTRATION, 0, "0123AB", "pump-17", "pumps", null, null, at("10:00"))),
                arguments(
                        RegistrationEvent.REFUSED,
                        new RegistrationEvent(
                                "acme",
                                REGISTRATION,
                                2,
                                "pump-17",
                                "pump-17",
                                null,
                                "line-1",
                                "The enrolment has expired.",
                                at("10:00"))),
                arguments(
                        CertificateRenewal.TYPE,
                        new CertificateRenewal(
                                "acme",
                                "pump-17",
                                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                                new RegistrationRequest.Certificate(
                                        "01ba4719c80b6fe911b091a7c05124b64eeece964e09c058ef8f9805daca546b",
                                        "1f",
                                        at("10:00")))),
                arguments(
                        BootstrapSignInQuestion.TYPE,
                        new BootstrapSignInQuestion("acme", "pump-17", "AWEq", "192.0.2.17")),
                arguments(
                        BootstrapAttackEvent.TYPE,
                        new BootstrapAttackEvent("acme", "pumps", null, "192.0.2.17", 100, at("10:06"), at("10:05"))),
                arguments(
                        ReleaseEvent.RELEASED,
                        new ReleaseEvent("acme", "pump-1.4.0", 1, "pump", "1.4.0", "Quieter.", at("10:00"))),
                arguments(
                        ReleaseEvent.RETIRED,
                        new ReleaseEvent("acme", "pump-1.4.0", 2, "pump", "1.4.0", null, at("11:00"))),
                arguments(
                        DeploymentEvent.CREATED,
                        new DeploymentEvent(
                                "acme",
                                deployment,
                                0,
                                "pump-17",
                                "pump-1.4.0",
                                "pending",
                                null,
                                null,
                                null,
                                at("10:00"))),
                arguments(
                        DeploymentEvent.PROGRESSED,
                        new DeploymentEvent(
                                "acme",
                                deployment,
                                4,
                                "pump-17",
                                "pump-1.4.0",
                                "installing",
                                null,
                                null,
                                null,
                                at("10:02"))),
                arguments(
                        DeploymentEvent.ENDED,
                        new DeploymentEvent(
                                "acme",
                                deployment,
                                5,
                                "pump-17",
                                "pump-1.4.0",
                                "failed",
                                "The new image did not start; the old one is back",
                                "pump",
                                "1.4.0",
                                at("10:03"))));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void aMessageIsWrittenAndReadAsItsFileSays(String type, Object message) throws IOException {
        JsonNode golden = golden(type);

        assertThat(JSON.readTree(JSON.writeValueAsString(message))).isEqualTo(golden);
        assertThat(JSON.treeToValue(golden, message.getClass())).isEqualTo(message);
    }

    private static JsonNode golden(String type) throws IOException {
        try (InputStream file = GoldenJsonTest.class.getResourceAsStream("/golden/" + type + ".json")) {
            return JSON.readTree(Objects.requireNonNull(file, type));
        }
    }

    private static BundleEvent bundle(Instant at) {
        return new BundleEvent("acme", "7c1d9e52", List.of("labels", "pumps"), 1207, at("10:00"), at);
    }

    private static CertificateEvent certificate(@Nullable String reason, Instant at) {
        return new CertificateEvent(
                "acme",
                "pump-17",
                "5f0c1d2e3b4a59687766554433221100",
                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                "9a1b2c3d4e5f6071",
                Instant.parse("2027-02-18T10:00:00Z"),
                Instant.parse("2027-01-19T10:00:00Z"),
                reason,
                at);
    }

    private static Instant at(String time) {
        return Instant.parse("2026-11-21T" + time + ":00Z");
    }
}
