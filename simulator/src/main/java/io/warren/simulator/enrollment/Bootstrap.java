package io.warren.simulator.enrollment;

import io.warren.simulator.installation.RestApi;
import java.io.IOException;
import java.util.Map;

/** Turns a claim token into an identity over HTTPS. */
public final class Bootstrap {

    private final RestApi api;
    private final String tenant;

    /** For devices of a tenant. */
    public Bootstrap(RestApi api, String tenant) {
        this.api = api;
        this.tenant = tenant;
    }

    /** Registers a device; repeating it is harmless. */
    public Identity register(ClaimedDevice device) throws IOException, InterruptedException {
        return api.post(
                "/bootstrap/v1/register",
                Map.of(
                        "tenant", tenant,
                        "deviceId", device.id(),
                        "attestation", Map.of("kind", "claim-token", "token", device.claimToken()),
                        "identifiers", Map.of("serial", "SN-" + device.id())),
                Identity.class);
    }
}
