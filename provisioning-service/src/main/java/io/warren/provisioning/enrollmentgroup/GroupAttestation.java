package io.warren.provisioning.enrollmentgroup;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.warren.provisioning.attestation.SymmetricKey;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the devices of a group prove themselves.
 *
 * @param primaryKey of a group with keys: the key that those of its devices are derived of; left out, it is made. It is shown in the
 *     answer that sets it, and never again
 * @param secondaryKey the same; devices may use either, so that one can be replaced while the other is in use
 * @param certificateAuthorities of a group with certificates: the authorities whose devices come through it; of a group with a
 *     manifest: those that have issued certificates to the elements, if any have
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record GroupAttestation(
        @NotNull Kind kind,

        @Nullable @Pattern(regexp = SymmetricKey.FORM, message = "32 bytes in base64url without padding")
        String primaryKey,

        @Nullable @Pattern(regexp = SymmetricKey.FORM, message = "32 bytes in base64url without padding")
        String secondaryKey,

        @Nullable @Size(min = 1, max = 16, message = "1 to 16 authorities")
        List<
                        @NotNull
                        @Pattern(regexp = "[A-Za-z0-9_-]{1,64}", message = "1 to 64 characters of A-Z a-z 0-9 _ -")
                        String>
                certificateAuthorities) {

    /** The same without keys, as it is kept and shown. */
    GroupAttestation withoutKeys() {
        return new GroupAttestation(kind, null, null, certificateAuthorities);
    }

    /** Keeps the keys out of logs. */
    @Override
    public String toString() {
        return "GroupAttestation[kind=" + kind + "]";
    }

    /** How they prove themselves. */
    enum Kind {
        /** Each with a key that is derived of the group's. */
        @JsonProperty("symmetric-key")
        SYMMETRIC_KEY,
        /** Each with a certificate of an authority of the tenant. */
        @JsonProperty("x509")
        X509,
        /** Each with what a manifest says of it. */
        @JsonProperty("manifest")
        MANIFEST,
        /** Each with a claim token of its own. */
        @JsonProperty("claim-token")
        CLAIM_TOKEN
    }
}
