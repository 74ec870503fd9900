package io.warren.provisioning.bootstrap;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.device.DeviceForms;
import io.warren.contracts.device.DeviceId;
import io.warren.contracts.device.TenantId;
import io.warren.platform.web.CleanText;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A device asks to be let in.
 *
 * @param tenant where it wants to register
 * @param deviceId the id it wants
 * @param attestation its proof
 * @param identifiers what it is known by physically: imei, mac, serial, …; at most 16
 */
record RegisterRequest(
        @NotNull TenantId tenant,
        @NotNull DeviceId deviceId,
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
        @Nullable @CleanText @Size(max = 128) String firmwareVersion) {

    RegisterRequest(
            TenantId tenant,
            DeviceId deviceId,
            Attestation attestation,
            @Nullable Map<String, String> identifiers,
            @Nullable String hardwareVersion,
            @Nullable String firmwareVersion) {
        this.tenant = tenant;
        this.deviceId = deviceId;
        this.attestation = attestation;
        this.identifiers = identifiers == null ? Map.of() : identifiers;
        this.hardwareVersion = hardwareVersion;
        this.firmwareVersion = firmwareVersion;
    }

    DeviceAddress address() {
        return new DeviceAddress(tenant, deviceId);
    }

    /**
     * What the device shows.
     *
     * @param token the claim token that was made for it
     */
    record Attestation(
            @NotNull Kind kind,
            @NotNull @Size(min = 1, max = 128) String token) {

        /** Keeps the token out of logs. */
        @Override
        public String toString() {
            return "Attestation[kind=" + kind + "]";
        }

        enum Kind {
            @JsonProperty("claim-token")
            CLAIM_TOKEN
        }
    }
}
