package io.warren.simulator.enrollment;

import io.warren.simulator.installation.RestApi;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** An enrolment group with its symmetric key, as a factory has it: from the one key come those of all devices. */
public final class FactoryGroup {

    private static final String ALGORITHM = "HmacSHA256";

    private final String id;
    private final SecretKeySpec key;

    private FactoryGroup(String id, String key) {
        this.id = id;
        this.key = new SecretKeySpec(Base64.getUrlDecoder().decode(key), ALGORITHM);
    }

    /** Makes a group whose devices have a tag {@code fleet} with its id. */
    public static FactoryGroup create(RestApi api, String id) throws IOException, InterruptedException {
        Map<String, ?> request = Map.of("attestation", Map.of("kind", "symmetric-key"), "tags", Map.of("fleet", id));
        return new FactoryGroup(
                id,
                api.put("/api/v1/enrollment-groups/" + id, request, Group.class)
                        .attestation()
                        .primaryKey());
    }

    /**
     * A group that exists.
     *
     * @param key its primary or secondary key, base64url
     */
    public static FactoryGroup of(String id, String key) {
        return new FactoryGroup(id, key);
    }

    /** A device as it leaves the factory; it gets the key of its own and not the group's. */
    public FactoryDevice device(String deviceId) {
        return new FactoryDevice(id, deviceId, keyOf(deviceId), null);
    }

    private String keyOf(String deviceId) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(mac.doFinal(deviceId.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java runtime has HMAC-SHA256", e);
        }
    }

    @Override
    public String toString() {
        return id;
    }

    private record Group(Keys attestation) {}

    private record Keys(String primaryKey) {}
}
