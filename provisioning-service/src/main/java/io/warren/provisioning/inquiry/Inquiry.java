package io.warren.provisioning.inquiry;

import io.warren.contracts.device.TenantId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A question that was taken, to be asked now.
 *
 * @param registration which registration it is about
 * @param subject the name of what is asked about it
 * @param generation which provisioning of the device
 * @param round how often it was asked all over again because a refusal was old
 * @param tenant whose
 * @param door what the device came through
 * @param url who is asked
 * @param sealedSecret what the question is signed with
 * @param question what is asked
 * @param failures how often in a row there was no answer
 * @param reason why not, the last time; absent if there was none
 * @param lease when somebody else may ask
 * @param deadline when it is too late
 */
record Inquiry(
        UUID registration,
        String subject,
        int generation,
        int round,
        TenantId tenant,
        String door,
        String url,
        String sealedSecret,
        JsonNode question,
        int failures,
        @Nullable String reason,
        Instant lease,
        Instant deadline) {

    /** The same for the same question asked again. */
    String idempotencyKey() {
        String key = registration + "-" + generation;
        return round == 0 ? key : key + "-" + round;
    }

    boolean isLate(Instant now) {
        return !now.isBefore(deadline);
    }

    /** Keeps the secret and the device out of logs. */
    @Override
    public String toString() {
        return "Inquiry[" + subject + " of " + registration + "]";
    }
}
