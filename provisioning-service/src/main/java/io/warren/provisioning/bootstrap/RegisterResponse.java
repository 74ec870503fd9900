package io.warren.provisioning.bootstrap;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.warren.provisioning.certificate.IssuedCertificate;
import io.warren.provisioning.registration.RegistrationStatus;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Everything a device needs to connect.
 *
 * @param deviceId what the device is called here; the same as it calls itself, unless its enrolment names it otherwise
 * @param registrationId names the attempt to the tenant; the same when a device repeats its request
 * @param status {@code registered}
 * @param ca PEM bundle of the authorities to trust
 * @param keepAliveSeconds the MQTT keep-alive to use
 * @param desired what the device is to be like at first; absent if the registry does not say
 * @param time the time now, for a device without a clock
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RegisterResponse(
        String deviceId,
        String tenant,
        UUID registrationId,
        RegistrationStatus status,
        Credentials credentials,
        Broker broker,
        Topics topics,
        String ca,
        long keepAliveSeconds,
        @Nullable Desired desired,
        Instant time)
        implements BootstrapAnswer {

    /**
     * How to sign in: MQTT user name, client id, and password or certificate.
     *
     * @param secret the password; absent with a certificate
     * @param certificate PEM: the device's own and its issuer's; absent with a secret
     * @param serial the certificate's number, in hexadecimal digits
     * @param expiresAt when the certificate ends
     * @param renewAfter from when on the device is to ask for the next one
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Credentials(
            Kind kind,
            String username,
            String clientId,
            @Nullable String secret,
            @Nullable String certificate,
            @Nullable String serial,
            @Nullable Instant expiresAt,
            @Nullable Instant renewAfter) {

        /** A secret for a device of a name. */
        static Credentials secret(String name, String secret) {
            return new Credentials(Kind.SECRET, name, name, secret, null, null, null, null);
        }

        /** A certificate for a device of a name. */
        static Credentials certificate(String name, IssuedCertificate issued) {
            return new Credentials(
                    Kind.CERTIFICATE,
                    name,
                    name,
                    null,
                    issued.pem(),
                    issued.serial(),
                    issued.expiresAt(),
                    issued.renewAfter());
        }

        /** Keeps the secret out of logs. */
        @Override
        public String toString() {
            return "Credentials[username=" + username + "]";
        }

        /** What a device signs in with. */
        public enum Kind {
            /** A password. */
            @JsonProperty("secret")
            SECRET,
            /** A client certificate. */
            @JsonProperty("certificate")
            CERTIFICATE
        }
    }

    /** Where to connect to. */
    public record Broker(String host, int mqttsPort, int wssPort) {}

    /** What the device's topics begin with. */
    public record Topics(String up, String down) {}

    /**
     * What the device is to be like.
     *
     * @param version grows with each change
     * @param state a JSON object
     */
    public record Desired(long version, Map<String, Object> state) {}
}
