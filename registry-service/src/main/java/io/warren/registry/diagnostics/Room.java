package io.warren.registry.diagnostics;

import io.warren.contracts.device.TenantId;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import java.time.Duration;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** How much may be kept of a tenant's devices. */
@Component
class Room {

    private static final Duration TRY_AGAIN = Duration.ofMinutes(5);

    private static final ProblemKind FULL =
            new ProblemKind("diagnostics-quota-full", HttpStatus.CONFLICT, "No room for more diagnostics");

    private static final ProblemKind FULL_FOR_NOW =
            new ProblemKind("diagnostics-quota-full", HttpStatus.INSUFFICIENT_STORAGE, "No room for more diagnostics");

    private final Bundles bundles;
    private final long quota;

    Room(Bundles bundles, DiagnosticsProperties properties) {
        this.bundles = bundles;
        this.quota = properties.quota().toBytes();
    }

    /** Refuses to ask for what would be refused when it comes. */
    void requireForOrder(TenantId tenant, long maximumBytes) {
        if (bundles.taken(tenant) + maximumBytes > quota) {
            throw new ProblemException(FULL, "Of this tenant " + quota + " bytes are kept; delete some bundles first.");
        }
    }

    /** Refuses an upload; a later one may be more lucky. */
    void requireForUpload(TenantId tenant, long maximumBytes) {
        if (bundles.taken(tenant) + maximumBytes > quota) {
            throw new ProblemException(FULL_FOR_NOW, "There is no room for the bundle for the moment.", TRY_AGAIN);
        }
    }
}
