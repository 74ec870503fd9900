package io.warren.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A device comes out of its box with nothing but a claim token. */
@EndToEnd
class BootstrapIT {

    private final Platform platform;
    private final Tenant tenant;

    BootstrapIT(Platform platform) {
        this.platform = platform;
        tenant = platform.newTenant();
    }

    @Test
    void aClaimTokenBecomesAnIdentityThatMayPublish() {
        JsonNode answer = register("pump-17", claimToken()).expect(200).json();

        assertThat(answer.at("/broker/mqttsPort").intValue()).isEqualTo(platform.port("WARREN_MQTTS_PORT"));
        assertThat(answer.get("ca").stringValue()).contains("BEGIN CERTIFICATE");
        Device device = device("pump-17", answer);
        assertThat(answer.at("/topics/up").stringValue()).isEqualTo(device.up(""));
        assertThat(answer.at("/topics/down").stringValue()).isEqualTo(device.down(""));

        Mosquitto.publish(device, answer.at("/topics/up").stringValue() + "telemetry", "{\"temperature\": 4}");
        await().untilAsserted(
                        () -> assertThat(tenant.history(device, "default")).hasSize(1));
    }

    @Test
    void aDeviceThatLostTheAnswerAsksAgainAndGetsTheSame() {
        String token = claimToken();
        JsonNode lost = register("pump-17", token).expect(200).json();

        JsonNode repeated = register("pump-17", token).expect(200).json();

        assertThat(repeated.get("credentials")).isEqualTo(lost.get("credentials"));
        try (Connection connection = device("pump-17", repeated).connect()) {
            assertThat(connection.isOpen()).isTrue();
        }
        assertThat(tenant.rest()
                        .get("/api/v1/devices/pump-17/credentials")
                        .expect(200)
                        .json()
                        .get("items"))
                .hasSize(1);
    }

    @Test
    void aTokenLetsInOneDeviceOnly() {
        String token = claimToken();
        register("pump-17", token).expect(200);

        register("pump-18", token).expectProblem(409, "claim-token-used");
        tenant.rest().get("/api/v1/devices/pump-18").expectProblem(404);
    }

    @Test
    void aTokenThatWasMadeUpIsRefused() {
        register("pump-17", "made-up").expectProblem(401, "claim-token-refused");
        tenant.rest().get("/api/v1/devices/pump-17").expectProblem(404);
    }

    private String claimToken() {
        return tenant.rest()
                .post("/api/v1/enrollments", "{\"attestation\": {\"kind\": \"claim-token\"}}")
                .expect(201)
                .text("/claimToken");
    }

    private Answer register(String device, String token) {
        return platform.anonymous().post("/bootstrap/v1/register", """
                {"tenant": "%s", "deviceId": "%s", "attestation": {"kind": "claim-token", "token": "%s"}}""".formatted(tenant.name(), device, token));
    }

    private Device device(String id, JsonNode answer) {
        return new Device(
                platform, tenant.name(), id, answer.at("/credentials/secret").stringValue());
    }
}
