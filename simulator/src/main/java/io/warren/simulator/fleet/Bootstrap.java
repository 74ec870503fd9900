package io.warren.simulator.fleet;

import io.warren.simulator.installation.RefusedException;
import io.warren.simulator.installation.RestApi;
import java.io.IOException;
import java.util.Map;

/** Turns a claim token into an identity over HTTPS, trying again for as long as the platform is away. */
final class Bootstrap {

    private static final int TOO_MANY_REQUESTS = 429;
    private static final int INTERNAL_ERROR = 500;

    private final RestApi api;
    private final String tenant;

    Bootstrap(RestApi api, String tenant) {
        this.api = api;
        this.tenant = tenant;
    }

    /** Registers a device; {@link RefusedException} if the platform will not have it. */
    Identity register(ClaimedDevice device, Backoff backoff) throws RefusedException, InterruptedException {
        Map<String, ?> request = Map.of(
                "tenant", tenant,
                "deviceId", device.id(),
                "attestation", Map.of("kind", "claim-token", "token", device.claimToken()),
                "identifiers", Map.of("serial", "SN-" + device.id()));
        while (true) {
            try {
                return api.post("/bootstrap/v1/register", request, Identity.class);
            } catch (RefusedException e) {
                if (e.status() < INTERNAL_ERROR && e.status() != TOO_MANY_REQUESTS) {
                    throw e;
                }
            } catch (IOException e) {
                // not there: below
            }
            Thread.sleep(backoff.next());
        }
    }
}
