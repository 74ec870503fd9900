package io.warren.registry.tenant;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.warren.contracts.registry.TenantLimits;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;

/**
 * How much a tenant may use; what is left out is not limited.
 *
 * @param devices how many devices it may have; a limit below what it has takes none away
 * @param connections how many of them may be connected at a time; a limit below what is connected cuts nobody off
 * @param messagesPerSecond how many telemetry messages they may send in a second, on average over ten
 * @param storedDays for how many days its measurements are kept
 */
@Embeddable
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Limits(
        @Column(name = "max_devices") @Min(0) @Max(1_000_000_000) @Nullable
        Long devices,

        @Column(name = "max_connections") @Min(0) @Max(1_000_000_000) @Nullable
        Long connections,

        @Column(name = "max_messages_per_second") @Min(0) @Max(1_000_000_000) @Nullable
        Long messagesPerSecond,

        @Column(name = "max_stored_days") @Min(1) @Max(4000) @Nullable
        Integer storedDays) {

    static final Limits NONE = new Limits(null, null, null, null);

    TenantLimits published() {
        return new TenantLimits(devices, connections, messagesPerSecond, storedDays);
    }
}
