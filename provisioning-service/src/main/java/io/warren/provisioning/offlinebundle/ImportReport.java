package io.warren.provisioning.offlinebundle;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.warren.contracts.device.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * What became of a bundle.
 *
 * @param tenant the tenant whose it was
 * @param madeAt when it was made
 * @param parts what became of what is in it, by kind
 * @param deviceTypes the device types that its groups and enrolments name: the registry has to have them before devices come
 * @param missingRoots the roots that devices trust where it was made and do not trust here, in PEM; absent if there are none
 * @param issuers the authorities that give certificates to devices where it was made, in PEM
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ImportReport(
        TenantId tenant,
        Instant madeAt,
        Map<String, Figures> parts,
        SortedSet<String> deviceTypes,
        @Nullable String missingRoots,
        String issuers) {

    /**
     * How many of a kind came to what.
     *
     * @param refusals why some were refused; of the first 100
     */
    record Figures(int created, int updated, int unchanged, int refused, List<Refusal> refusals) {}

    /**
     * Why something was refused.
     *
     * @param id what it is called, with its group before it if it has no name of its own
     */
    record Refusal(String id, String reason) {}
}
