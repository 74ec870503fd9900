package io.warren.provisioning.claimsheet;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.warren.contracts.device.DeviceId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Claim tokens that were made together.
 *
 * @param items the tokens, shown this once
 */
record Claims(List<Claim> items) {

    /**
     * A claim token.
     *
     * @param id the enrolment that it opens
     * @param deviceId the only device that it is for; absent if any may use it
     * @param claimToken the token
     * @param claimUri what stands in its QR code
     * @param expiresAt when it stops being good; absent, never
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Claim(
            String id,
            @Nullable DeviceId deviceId,
            String claimToken,
            String claimUri,
            @Nullable Instant expiresAt) {

        /** Keeps the token out of logs. */
        @Override
        public String toString() {
            return "Claim[" + id + "]";
        }
    }
}
