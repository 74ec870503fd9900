package io.warren.contracts.registry;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * How much a tenant may use; what is left out is not limited.
 *
 * @param devices how many devices it may have
 * @param connections how many of them may be connected at a time
 * @param messagesPerSecond how many telemetry messages they may send in a second, on average over ten
 * @param storedDays for how many days its measurements are kept
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TenantLimits(
        @Nullable Long devices,
        @Nullable Long connections,
        @Nullable Long messagesPerSecond,
        @Nullable Integer storedDays) {

    /** Nothing is limited. */
    public static final TenantLimits NONE = new TenantLimits(null, null, null, null);
}
