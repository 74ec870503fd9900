package io.warren.simulator.enrollment;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A device of an enrolment group with a symmetric key.
 *
 * @param group the group's id
 * @param id the id it registers under
 * @param key its own key, derived from the group's; kept out of {@link #toString()}
 * @param csr a PKCS#10 request for a certificate, PEM; absent when it is content with a secret
 */
public record FactoryDevice(
        String group, String id, String key, @Nullable String csr) {

    /** The same device, with a key pair that it wants a certificate for. */
    public FactoryDevice with(String request) {
        return new FactoryDevice(group, id, key, request);
    }

    Map<String, Object> request(String tenant) {
        Map<String, Object> request = new HashMap<>(Map.of(
                "tenant",
                tenant,
                "deviceId",
                id,
                "attestation",
                Map.of("kind", "symmetric-key", "group", group, "token", key),
                "identifiers",
                Map.of("serial", "SN-" + id),
                "firmwareVersion",
                "1.0.0"));
        if (csr != null) {
            request.put("csr", csr);
        }
        return request;
    }

    @Override
    public String toString() {
        return id;
    }
}
