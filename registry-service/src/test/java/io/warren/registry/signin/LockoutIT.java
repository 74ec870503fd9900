package io.warren.registry.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.awaitility.Awaitility.await;

import io.warren.contracts.registry.LockoutEvent;
import io.warren.registry.AtOnce;
import io.warren.registry.MqttDevice;
import io.warren.registry.RegistryBrokerTest;
import io.warren.registry.TestFleet;
import io.warren.testing.backing.BackingServers;
import io.warren.testing.backing.TestTokens;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.amqp.core.MessageBuilder;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@RegistryBrokerTest
class LockoutIT {

    private static final String HERE = "127.0.0.21";
    private static final String ELSEWHERE = "127.0.0.22";

    @Autowired
    TestTokens tokens;

    @Autowired
    RabbitTemplate rabbit;

    @Autowired
    JdbcClient jdbc;

    TestFleet fleet;
    String secret = "";

    @BeforeEach
    void makeADevice() {
        fleet = new TestFleet(BackingServers.port("REGISTRY_PORT"), tokens);
        secret = fleet.secretOf("pump");
    }

    @Test
    void whoFailsTooOftenIsLockedOutThereAndTheDeviceComesInFromElsewhere() {
        Runnable attempt = () -> assertRefused(HERE, "wrong");
        AtOnce.run(Collections.nCopies(10, attempt).toArray(Runnable[]::new));
        await().untilAsserted(() -> assertThat(lockouts()).isEqualTo(1));

        assertRefused(HERE, secret);
        from(ELSEWHERE, secret).close();
        assertThat(fleet.api().get(fleet.path("pump") + "/timeline?kind=signin").text())
                .contains("\"refused\"", "wrong secret", "\"locked\"", HERE)
                .doesNotContain(ELSEWHERE);
        assertThat(jdbc.sql("SELECT count(*) FROM outbox WHERE type = ? AND payload::text LIKE '%' || ? || '%'")
                        .params(LockoutEvent.TYPE, fleet.tenant())
                        .query(Long.class)
                        .single())
                .isLessThanOrEqualTo(1); // it may have left already
    }

    @Test
    void aLockoutThatAnotherReplicaFoundHoldsHere() {
        Instant now = Instant.now();
        String event = """
                {"tenant":"%s","device":"pump","address":"%s","failures":10,"until":"%s","at":"%s"}""".formatted(fleet.tenant(), ELSEWHERE, now.plusSeconds(60), now);
        rabbit.send(
                "registry.events",
                LockoutEvent.TYPE,
                MessageBuilder.withBody(event.getBytes(StandardCharsets.UTF_8)).build());
        await().untilAsserted(() -> assertRefused(ELSEWHERE, secret));
        from(HERE, secret).close();
    }

    private long lockouts() {
        return jdbc.sql("SELECT count(*) FROM lockout WHERE username = ? AND address = ?")
                .params(fleet.address("pump"), HERE)
                .query(Long.class)
                .single();
    }

    private MqttDevice from(String address, String password) {
        return MqttDevice.connectFrom(address, fleet.address("pump"), fleet.address("pump"), password);
    }

    private void assertRefused(String address, String password) {
        assertThatException().isThrownBy(() -> from(address, password).close());
    }
}
