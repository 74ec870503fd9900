package io.warren.contracts.registry;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.warren.contracts.device.DeviceAddress;
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
 * @param secretSha256 SHA-256 of the device's secret, lower-case hexadecimal; the secret itself never travels
 * @param sealedTokenKey the key of the tokens signed with that secret, sealed for {@link #tokenKeyPlace} with the key that
 *     provisioning and registry share, base64; left out, the device can sign none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RegistrationRequest(
        String tenant,
        String device,
        String enrollment,
        @Nullable String type,
        Map<String, String> tags,
        Map<String, String> identifiers,
        String secretSha256,
        @Nullable String sealedTokenKey) {

    /** The direct exchange, and the routing key, to which requests go. */
    public static final String EXCHANGE = "registry.requests";

    /** AMQP type of the request. */
    public static final String TYPE = "registration.request.v1";

    /** What a key of tokens is sealed for: a device and one of its secrets. */
    public static String tokenKeyPlace(DeviceAddress device, String secretSha256) {
        return "token-key\n" + device + "\n" + secretSha256;
    }
}
