package io.warren.registry.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.warren.contracts.device.DeviceAddress;
import io.warren.registry.Api;
import io.warren.registry.RegistryTest;
import io.warren.registry.presence.DevicesConnected;
import io.warren.testing.backing.TestTokens;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@RegistryTest
class CommandSenderTest {

    @Autowired
    TestTokens tokens;

    @Autowired
    ApplicationEventPublisher events;

    @Autowired
    TransactionTemplate transactions;

    @Autowired
    JdbcClient jdbc;

    @LocalServerPort
    int port;

    @Test
    void whatTheDevicesThatConnectHaveNotAnsweredIsSentAgain() {
        String tenant = "c-" + UUID.randomUUID().toString().substring(0, 8);
        Api api = Api.asPlatformAdmin(port, tokens).withTenant(tenant);
        for (String device : List.of("pump", "valve", "meter")) {
            api.put("/api/v1/devices/" + device, "{}");
            api.post("/api/v1/devices/" + device + "/commands", "{\"name\":\"reboot\"}");
        }
        api.post("/api/v1/devices/pump/commands", "{\"name\":\"update\"}");

        transactions.executeWithoutResult(_ -> events.publishEvent(
                new DevicesConnected(Set.of(DeviceAddress.of(tenant, "pump"), DeviceAddress.of(tenant, "valve")))));

        assertThat(jdbc.sql("SELECT device FROM command WHERE tenant = ? AND send_at IS NOT NULL ORDER BY device")
                        .param(tenant)
                        .query(String.class)
                        .list())
                .containsExactly("pump", "pump", "valve");
    }
}
