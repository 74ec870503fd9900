package io.warren.registry.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.warren.registry.Api;
import io.warren.registry.RegistryTest;
import io.warren.testing.backing.TestTokens;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@RegistryTest
class IdentityApiTest {

    private static final String IDENTITY = "/device/v1/identity";

    @Autowired
    TestTokens tokens;

    @LocalServerPort
    int port;

    Api api;
    String tenant = "i-" + UUID.randomUUID().toString().substring(0, 8);

    @BeforeEach
    void makeADevice() {
        api = Api.asPlatformAdmin(port, tokens).withTenant(tenant);
        api.put("/api/v1/devices/pump", "{\"name\":\"Pump 17\",\"tags\":{\"site\":\"lyon\"}}");
    }

    @Test
    void aDeviceIsToldWhoItIsAndWhatTimeItIs() {
        Api.Answer answer = api.asDevice("pump", tenant).get(IDENTITY);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().at("/tenant").asString()).isEqualTo(tenant);
        assertThat(answer.json().at("/deviceId").asString()).isEqualTo("pump");
        assertThat(answer.json().at("/tags/site").asString()).isEqualTo("lyon");
        assertThat(Instant.parse(answer.json().at("/time").asString()))
                .isCloseTo(Instant.now(), Assertions.within(Duration.ofMinutes(1)));
    }

    @Test
    void nobodyButADeviceHasAnIdentity() {
        assertThat(api.get(IDENTITY).status()).isEqualTo(403);
        assertThat(api.as(tenant, "gateway").get(IDENTITY).status()).isEqualTo(403);
        // the role alone, which whoever holds a signed address has, too
        assertThat(api.as(tenant, "device").get(IDENTITY).problem()).isEqualTo("device-required");
    }

    @Test
    void aDeviceHasNothingOfItsTenants() {
        assertThat(api.asDevice("pump", tenant).get("/api/v1/devices").status()).isEqualTo(403);
        assertThat(api.asDevice("pump", tenant)
                        .get("/api/v1/devices/pump/credentials")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void aDeviceThatIsGoneIsNotFound() {
        assertThat(api.asDevice("ghost", tenant).get(IDENTITY).problem()).isEqualTo("device-not-found");
    }
}
