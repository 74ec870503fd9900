package io.warren.registry;

import io.warren.testing.backing.TestTokens;
import java.util.UUID;

/** Devices of a tenant made for one test. */
public final class TestFleet {

    private final String tenant = "it-" + UUID.randomUUID().toString().substring(0, 8);
    private final Api api;

    public TestFleet(int port, TestTokens tokens) {
        api = Api.asPlatformAdmin(port, tokens).withTenant(tenant);
    }

    public Api api() {
        return api;
    }

    /** The tenant's name. */
    public String tenant() {
        return tenant;
    }

    /** The device's user name. */
    public String address(String device) {
        return device + "@" + tenant;
    }

    /** A topic of a device, {@code path} being from {@code up/} or {@code down/} on. */
    public String topic(String device, String path) {
        return "v1/" + tenant + "/" + device + "/" + path;
    }

    /** Registers a device, if need be, and gives it a secret. */
    public String secretOf(String device) {
        api.put(path(device), "{}");
        return api.post(path(device) + "/credentials", "{\"kind\":\"secret\"}")
                .json()
                .at("/secret")
                .asString();
    }

    public MqttDevice connect(String device, String secret) {
        return MqttDevice.connect(address(device), secret);
    }

    /** Whether the registry holds that a device is connected. */
    public boolean isPresent(String device) {
        return api.get(path(device)).json().at("/connected").asBoolean();
    }

    public String path(String device) {
        return "/api/v1/devices/" + device;
    }
}
