package io.warren.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The life of an API key. */
@EndToEnd
class ApiKeyIT {

    private final Tenant tenant;

    ApiKeyIT(Platform platform) {
        tenant = platform.newTenant();
    }

    @Test
    void aKeyIsShownOnceAndWorksUntilItIsRevoked() {
        JsonNode issued = create("viewer").json();
        String path = "/api/v1/api-keys/" + issued.get("id").stringValue();
        String key = issued.get("key").stringValue();
        Rest holder = tenant.rest().withKey(key);

        holder.get("/api/v1/devices").expect(200);
        Answer shown = tenant.rest().get(path).expect(200);
        assertThat(shown.text("/role")).isEqualTo("viewer");
        assertThat(shown.toString()).doesNotContain(key);
        assertThat(tenant.rest().get("/api/v1/api-keys").expect(200).toString())
                .contains(issued.get("id").stringValue())
                .doesNotContain(key);

        tenant.rest().delete(path).expect(204);
        holder.get("/api/v1/devices").expectProblem(401);
    }

    @Test
    void aRotatedKeyReplacesTheOldOne() {
        JsonNode issued = create("viewer").json();
        String path = "/api/v1/api-keys/" + issued.get("id").stringValue();

        String renewed = tenant.rest().post(path + ":rotate", "").expect(200).text("/key");

        tenant.rest().withKey(renewed).get("/api/v1/devices").expect(200);
        tenant.rest()
                .withKey(issued.get("key").stringValue())
                .get("/api/v1/devices")
                .expectProblem(401);
    }

    @Test
    void aKeyThatWouldHaveExpiredIsNotMade() {
        String body = "{\"name\": \"past\", \"role\": \"viewer\", \"expiresAt\": \"%s\"}"
                .formatted(Instant.now().minusSeconds(60));
        tenant.rest().post("/api/v1/api-keys", body).expectProblem(422);
    }

    @Test
    void onlyAnAdministratorMakesKeys() {
        tenant.as("integrator")
                .post("/api/v1/api-keys", "{\"name\": \"mine\", \"role\": \"admin\"}")
                .expectProblem(403);
    }

    @Test
    void noKeyMakesAMorePowerfulOne() {
        tenant.rest()
                .post("/api/v1/api-keys", "{\"name\": \"mine\", \"role\": \"platform-admin\"}")
                .expectProblem(403);
    }

    private Answer create(String role) {
        return tenant.rest()
                .post("/api/v1/api-keys", "{\"name\": \"reader\", \"role\": \"" + role + "\"}")
                .expect(201);
    }
}
