package io.warren.contracts.registry;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.warren.contracts.device.DeviceAddress;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Asks the registry to let a bootstrapping device in, sent to {@link #EXCHANGE} and answered with a {@link RegistrationReply}.
 * Repeating a request is harmless: the device and its credential are the same afterwards.
 *
 * @param tenant the tenant under which the device registers
 * @param device the device's id
 * @param enrollment the enrolment that admits it; a device belongs to the one that admitted it first
 * @param type the device type for a new device; left out, {@code generic}
 * @param tags first tags of a new device
 * @param identifiers physical identifiers of the device: imei, mac, serial, …
 * @param secretSha256 SHA-256 of the device's secret, lower-case hexadecimal; the secret itself never travels. Absent for a device
 *     that got a certificate
 * @param sealedTokenKey the key of the tokens signed with that secret, sealed for {@link #tokenKeyPlace} with the key that
 *     provisioning and registry share, base64; left out, the device can sign none
 * @param certificate what is known of the device's certificate; absent for a device that got a secret
 * @param desired what a new device is to be like at first, over what its type says: a JSON object
 * @param mode what is to become of a device that is known; absent, {@link Mode#ENROL}
 * @param attempt names what provisioning has decided once. The same one again asks for the answer that was lost: a device is not
 *     reset a second time. Absent, a device that has the secret or the certificate already is not
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RegistrationRequest(
        String tenant,
        String device,
        String enrollment,
        @Nullable String type,
        Map<String, String> tags,
        Map<String, String> identifiers,
        @Nullable String secretSha256,
        @Nullable String sealedTokenKey,
        @Nullable Certificate certificate,
        @Nullable Map<String, Object> desired,
        @Nullable Mode mode,
        @Nullable String attempt) {

    /** The direct exchange, and the routing key, to which requests go. */
    public static final String EXCHANGE = "registry.requests";

    /** AMQP type of the request. */
    public static final String TYPE = "registration.request.v1";

    /** What a key of tokens is sealed for: a device and one of its secrets. */
    public static String tokenKeyPlace(DeviceAddress device, String secretSha256) {
        return "token-key\n" + device + "\n" + secretSha256;
    }

    /**
     * What is to be known of a device's certificate.
     *
     * @param sha256 SHA-256 of its encoding (DER), lower-case hexadecimal
     * @param serial its number, lower-case hexadecimal
     * @param expiresAt when it ends
     */
    public record Certificate(String sha256, String serial, Instant expiresAt) {}

    /** What is to become of a device that is known. */
    public enum Mode {
        /** It stays as it is. */
        ENROL,
        /** It is to be again what a new one would be. */
        RESET,
        /** It is another board from now on: what the earlier one had to prove itself with is taken away. */
        REPLACE
    }
}
