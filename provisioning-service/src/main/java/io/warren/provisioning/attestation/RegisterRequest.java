package io.warren.provisioning.attestation;

import io.warren.contracts.device.DeviceForms;
import io.warren.contracts.device.DeviceId;
import io.warren.contracts.device.TenantId;
import io.warren.platform.web.CleanText;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A device asks to be let in.
 *
 * @param tenant where it wants to register
 * @param deviceId its registration id: what it calls itself; left out only where its certificate says it
 * @param attestation its proof
 * @param identifiers what it is known by physically: imei, mac, serial, …; at most 16
 * @param csr a request for a certificate (PKCS#10, RFC 2986), in PEM or base64; left out, the device gets a secret
 */
public record RegisterRequest(
        @NotNull TenantId tenant,
        @Nullable DeviceId deviceId,
        @NotNull @Valid Attestation attestation,

        @Size(max = 16, message = "at most 16 identifiers")
        Map<
                        @Pattern(
                                regexp = DeviceForms.KEY,
                                message =
                                        "a kind has 1 to 64 characters of A-Z a-z 0-9 _ -, the first neither a digit nor -")
                        String,
                        @NotNull @CleanText @Size(min = 1, max = 128, message = "1 to 128 characters") String>
                identifiers,

        @Nullable @CleanText @Size(max = 128) String hardwareVersion,
        @Nullable @CleanText @Size(max = 128) String firmwareVersion,
        @Nullable @Size(min = 1, max = 8192) String csr) {

    /** A request in which what a device is known by may be left out. */
    public RegisterRequest(
            TenantId tenant,
            @Nullable DeviceId deviceId,
            Attestation attestation,
            @Nullable Map<String, String> identifiers,
            @Nullable String hardwareVersion,
            @Nullable String firmwareVersion,
            @Nullable String csr) {
        this.tenant = tenant;
        this.deviceId = deviceId;
        this.attestation = attestation;
        this.identifiers = identifiers == null ? Map.of() : identifiers;
        this.hardwareVersion = hardwareVersion;
        this.firmwareVersion = firmwareVersion;
        this.csr = csr;
    }

    /** What the device calls itself, where its kind of proof has it say so. */
    public DeviceId requireDeviceId() {
        return Objects.requireNonNull(deviceId);
    }

    /**
     * What the device shows.
     *
     * @param token its proof as text, by its kind; left out where its TLS connection is the proof
     * @param group the enrolment group that it comes through; left out, it is found by the proof
     */
    public record Attestation(
            @NotNull AttestationKind kind,
            @Nullable @Size(min = 1, max = 16_384) String token,

            @Nullable @Pattern(regexp = "[A-Za-z0-9_-]{1,64}", message = "1 to 64 characters of A-Z a-z 0-9 _ -")
            String group) {

        /** The proof as text, where its kind has one. */
        public String requireToken() {
            return Objects.requireNonNull(token);
        }

        /** Keeps the token out of logs. */
        @Override
        public String toString() {
            return "Attestation[kind=" + kind + "]";
        }
    }
}
