package io.warren.registry.signin;

import static org.assertj.core.api.Assertions.assertThatException;
import static org.awaitility.Awaitility.await;

import io.warren.contracts.device.AccessToken;
import io.warren.contracts.device.DeviceAddress;
import io.warren.registry.MqttDevice;
import io.warren.registry.RegistryBrokerTest;
import io.warren.registry.TestFleet;
import io.warren.testing.backing.BackingServers;
import io.warren.testing.backing.TestTokens;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@RegistryBrokerTest
class TokenConnectionIT {

    /** An expiry so long ago that the token is taken for this much longer. */
    private static final Duration BRIEFLY = Duration.ofSeconds(4);

    private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

    @Autowired
    TestTokens tokens;

    TestFleet fleet;
    String secret = "";

    @BeforeEach
    void makeADevice() {
        fleet = new TestFleet(BackingServers.port("REGISTRY_PORT"), tokens);
        secret = fleet.secretOf("pump");
    }

    @Test
    void aConnectionEndsWithItsToken() {
        try (MqttDevice pump = fleet.connect("pump", brief(secret))) {
            pump.publish(fleet.topic("pump", "up/events/hello"), "{}");
            await().atMost(BRIEFLY.plusSeconds(5)).until(() -> !pump.isConnected());
        }
        assertThatException().isThrownBy(() -> fleet.connect("pump", brief(secret, Duration.ofSeconds(-1))));
    }

    @Test
    void aConnectionWithAFreshTokenOutlivesTheOldOne() {
        MqttDevice before = fleet.connect("pump", brief(secret));
        try (MqttDevice pump = fleet.connect("pump", token(secret, Instant.now().plusSeconds(3600)))) {
            await().until(() -> !before.isConnected());
            assertStaysConnected(pump);
        }
    }

    @Test
    void aConnectionWithASecretOutlivesTheTokenBefore() {
        fleet.connect("pump", brief(secret)).close();
        try (MqttDevice pump = fleet.connect("pump", secret)) {
            assertStaysConnected(pump);
        }
    }

    @Test
    void theTokensOfADeletedSecretEndWithIt() {
        String token = token(secret, Instant.now().plusSeconds(3600));
        String credentials = fleet.path("pump") + "/credentials";
        try (MqttDevice pump = fleet.connect("pump", token)) {
            String id = fleet.api().get(credentials).json().at("/items/0/id").asString();
            fleet.api().delete(credentials + "/" + id);
            await().atMost(Duration.ofSeconds(5)).until(() -> !pump.isConnected());
        }
        assertThatException().isThrownBy(() -> fleet.connect("pump", token));
    }

    /** A device that always comes back, with what it was told to use last, is let in each time while its secret is changed. */
    @Test
    void aSecretIsChangedWithoutADoorClosed() throws Exception {
        String credentials = fleet.path("pump") + "/credentials";
        String first = fleet.api().get(credentials).json().at("/items/0/id").asString();
        AtomicReference<String> shown = new AtomicReference<>(secret);
        AtomicInteger signIns = new AtomicInteger();
        AtomicBoolean done = new AtomicBoolean();
        CompletableFuture<Void> device = CompletableFuture.runAsync(() -> {
            while (!done.get()) {
                fleet.connect("pump", shown.get()).close();
                signIns.incrementAndGet();
            }
        });
        awaitSignIns(signIns, 20);
        String second = fleet.api()
                .post(credentials, "{\"kind\":\"secret\"}")
                .json()
                .at("/secret")
                .asString();
        awaitSignIns(signIns, 20);
        shown.set(token(second, Instant.now().plusSeconds(3600)));
        // by now no sign-in with the first secret is under way
        awaitSignIns(signIns, 20);
        done.set(true);
        device.get();

        fleet.api().delete(credentials + "/" + first);
        assertThatException().isThrownBy(() -> fleet.connect("pump", secret));
        fleet.connect("pump", second).close();
    }

    private static void awaitSignIns(AtomicInteger signIns, int more) {
        int enough = signIns.get() + more;
        await().atMost(Duration.ofSeconds(30)).until(() -> signIns.get() >= enough);
    }

    private static void assertStaysConnected(MqttDevice device) {
        await().during(BRIEFLY.plusSeconds(3)).atMost(BRIEFLY.plusSeconds(8)).until(device::isConnected);
    }

    private String brief(String ofSecret) {
        return brief(ofSecret, BRIEFLY);
    }

    private String brief(String ofSecret, Duration left) {
        return token(ofSecret, Instant.now().minus(CLOCK_SKEW).plus(left));
    }

    private String token(String ofSecret, Instant expiry) {
        DeviceAddress pump = DeviceAddress.of(fleet.tenant(), "pump");
        return AccessToken.sign(pump, expiry, AccessToken.key(ofSecret)).text();
    }
}
