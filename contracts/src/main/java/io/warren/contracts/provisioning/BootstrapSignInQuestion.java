package io.warren.contracts.provisioning;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.warren.contracts.device.DeviceAddress;
import org.jspecify.annotations.Nullable;

/**
 * The registry asks provisioning whether a device that wants to bootstrap over MQTT may have a connection for that; answered with a
 * {@link BootstrapSignInAnswer}. What the device shows is sealed, since what is asked waits in a queue on the broker's disks.
 *
 * @param tenant where the device wants to register
 * @param device the id that it calls itself by
 * @param sealedProof what it shows as its password, sealed for {@link #proofPlace} with the key that provisioning and registry
 *     share, base64
 * @param address the network address that it comes from, where known
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BootstrapSignInQuestion(
        String tenant,
        String device,
        String sealedProof,
        @Nullable String address) {

    /** AMQP type of the question. */
    public static final String TYPE = "bootstrap.signin.question.v1";

    /** What a proof is sealed for: the device that shows it. */
    public static String proofPlace(DeviceAddress device) {
        return "bootstrap-proof\n" + device;
    }

    /** The proof is a secret, sealed or not. */
    @Override
    public String toString() {
        return "BootstrapSignInQuestion[" + device + "@" + tenant + "]";
    }
}
