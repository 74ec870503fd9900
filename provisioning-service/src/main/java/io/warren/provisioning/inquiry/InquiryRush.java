package io.warren.provisioning.inquiry;

import io.warren.contracts.device.TenantId;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Has questions asked while the device is there, so that one whose hook is quick need not come again. */
@Component
public class InquiryRush {

    private static final Logger log = LoggerFactory.getLogger(InquiryRush.class);

    /** How many devices of a tenant may be waited for at once. */
    private static final int OF_TENANT = 20;

    private final OutOfTurn outOfTurn;
    private final InquiryProperties properties;
    private final ConcurrentMap<TenantId, Integer> waiting = new ConcurrentHashMap<>();

    InquiryRush(OutOfTurn outOfTurn, InquiryProperties properties) {
        this.outOfTurn = outOfTurn;
        this.properties = properties;
    }

    /**
     * Waits a moment for what is asked about a registration, outside of any transaction.
     *
     * @return whether something is decided now, so that deciding on the device again leads further
     */
    public boolean await(TenantId tenant, UUID registration) {
        if (properties.patience().isZero() || !enter(tenant)) {
            return false;
        }
        FutureTask<Boolean> asking = new FutureTask<>(() -> {
            try {
                return outOfTurn.ask(registration);
            } finally {
                leave(tenant);
            }
        });
        Thread.startVirtualThread(asking);
        try {
            return asking.get(properties.patience().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return false; // the asking goes on
        } catch (ExecutionException e) {
            log.warn("A hook is not asked at once: {}", String.valueOf(e.getCause()));
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private boolean enter(TenantId tenant) {
        int inside = waiting.merge(tenant, 1, Integer::sum);
        if (inside > OF_TENANT) {
            leave(tenant);
            return false;
        }
        return true;
    }

    private void leave(TenantId tenant) {
        waiting.computeIfPresent(tenant, (_, inside) -> inside == 1 ? null : inside - 1);
    }
}
