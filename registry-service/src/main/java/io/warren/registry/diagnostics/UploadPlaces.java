package io.warren.registry.diagnostics;

import io.warren.contracts.device.TenantId;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.springframework.stereotype.Component;

/** Bounds the uploads that are under way: each holds a buffer here and one of the gateway's connections, and may be slow. */
@Component
class UploadPlaces {

    private static final Duration TRY_AGAIN = Duration.ofSeconds(30);

    private final Semaphore places;
    private final int ofTenant;
    private final Map<TenantId, Integer> taken = new ConcurrentHashMap<>();

    UploadPlaces(DiagnosticsProperties properties) {
        this.places = new Semaphore(properties.uploads());
        this.ofTenant = properties.uploadsOfTenant();
    }

    /**
     * Takes a place until it is closed.
     *
     * @throws ProblemException if none is free; the device is to come back later
     */
    Place take(TenantId tenant) {
        if (taken.merge(tenant, 1, Integer::sum) <= ofTenant && places.tryAcquire()) {
            return () -> {
                places.release();
                forget(tenant);
            };
        }
        forget(tenant);
        throw new ProblemException(ProblemKind.UNAVAILABLE, "Too many uploads are under way.", TRY_AGAIN);
    }

    private void forget(TenantId tenant) {
        taken.computeIfPresent(tenant, (_, count) -> count == 1 ? null : count - 1);
    }

    /** Room for one upload. */
    interface Place extends AutoCloseable {
        @Override
        void close();
    }
}
