package io.warren.endtoend;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * An enrolment group with a symmetric key, as a factory has it.
 *
 * @param key of the group, base64url
 */
record FactoryGroup(Tenant tenant, String id, String key) {

    /**
     * Makes one.
     *
     * @param policy more fields of the group, JSON
     */
    static FactoryGroup create(Tenant tenant, String id, String policy) {
        ObjectNode body = (ObjectNode) JsonMapper.shared().readTree(policy);
        body.putObject("attestation").put("kind", "symmetric-key");
        Answer answer = tenant.rest()
                .put("/api/v1/enrollment-groups/" + id, body.toString())
                .expect(201);
        return new FactoryGroup(tenant, id, answer.text("/attestation/primaryKey"));
    }

    /** The key of a device, as the factory burns it in. */
    String keyOf(String device) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Base64.getUrlDecoder().decode(key), "HmacSHA256"));
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(mac.doFinal(device.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What a device asks with, JSON. */
    ObjectNode request(String device) {
        ObjectNode request = JsonMapper.shared().createObjectNode();
        request.put("tenant", tenant.name()).put("deviceId", device);
        request.putObject("attestation")
                .put("kind", "symmetric-key")
                .put("group", id)
                .put("token", keyOf(device));
        return request;
    }
}
