package io.warren.registry.wakeup;

import io.warren.contracts.device.AccessToken;
import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.device.WakeUpText;
import io.warren.registry.Api;
import io.warren.testing.backing.TestTokens;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** A tenant of a test's own, with devices that sleep. */
final class SleepingFleet {

    static final String SECRET = "a-secret-for-the-gateway";

    private final String tenant = "w-" + UUID.randomUUID().toString().substring(0, 8);
    private final Api api;

    SleepingFleet(int port, TestTokens tokens) {
        this.api = Api.asPlatformAdmin(port, tokens).withTenant(tenant);
    }

    Api api() {
        return api;
    }

    String tenant() {
        return tenant;
    }

    DeviceAddress address(String device) {
        return DeviceAddress.of(tenant, device);
    }

    /** Makes a webhook channel, and a device type of the same name that names it. */
    void webhook(String channel, String url) {
        channel(channel, "{\"webhook\":{\"url\":\"" + url + "\",\"secret\":\"" + SECRET + "\"}}");
    }

    /** Makes a channel, and a device type of the same name that names it. */
    void channel(String channel, String description) {
        Api.Answer made = api.put("/api/v1/wake-up-channels/" + channel, description);
        if (made.status() != 201) {
            throw new IllegalStateException(made.text());
        }
        api.put(
                "/api/v1/device-types/" + channel,
                "{\"wakeUp\":{\"channel\":\"" + channel + "\",\"address\":\"identifiers.msisdn\"}}");
    }

    /** Makes a device of a type; answers the key that its wake-ups are signed with. */
    byte[] device(String device, String type) {
        api.put(
                "/api/v1/devices/" + device,
                "{\"type\":\"" + type + "\",\"identifiers\":{\"msisdn\":\"+33612345678\"}}");
        String secret = api.post("/api/v1/devices/" + device + "/credentials", "{\"kind\":\"secret\"}")
                .json()
                .at("/secret")
                .asString();
        return WakeUpText.key(AccessToken.key(secret));
    }

    void command(String device) {
        api.post("/api/v1/devices/" + device + "/commands", "{\"name\":\"report\"}");
    }

    /** The newest wake-up of a device; a missing node if there is none. */
    JsonNode wakeUp(String device) {
        return api.get("/api/v1/devices/" + device + "/wake-ups").json().at("/items/0");
    }

    String state(String device) {
        return wakeUp(device).at("/state").asString("");
    }

    String error(String device) {
        return wakeUp(device).at("/error").asString("");
    }

    int sent(String device) {
        return wakeUp(device).at("/sentAt").size();
    }
}
