package io.warren.platform.transfer;

import io.warren.contracts.device.TenantId;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.springframework.http.HttpStatus;

/** The transfers that are under way: so many in all, and fewer of one tenant, so that it does not keep the others from theirs. */
public final class Transfers {

    private static final ProblemKind TOO_MANY =
            new ProblemKind("too-many-transfers", HttpStatus.TOO_MANY_REQUESTS, "Too many at a time");
    private static final Duration RETRY_AFTER = Duration.ofSeconds(10);

    private final int most;
    private final int mostOfATenant;
    private final Map<TenantId, Integer> underWay = new HashMap<>();
    private int all;

    /**
     * None is under way.
     *
     * @param most how many may be
     * @param mostOfATenant how many of them may be of one tenant
     */
    public Transfers(int most, int mostOfATenant) {
        this.most = most;
        this.mostOfATenant = mostOfATenant;
    }

    /** One that is under way until it is closed. */
    public interface Transfer extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Begins one.
     *
     * @throws ProblemException if too many are under way
     */
    public synchronized Transfer begin(TenantId tenant) {
        if (all == most || underWay.getOrDefault(tenant, 0) == mostOfATenant) {
            throw new ProblemException(
                    TOO_MANY, "At most " + mostOfATenant + " of a tenant are taken on at a time.", RETRY_AFTER);
        }
        all++;
        underWay.merge(tenant, 1, Integer::sum);
        return () -> end(tenant);
    }

    private synchronized void end(TenantId tenant) {
        all--;
        underWay.computeIfPresent(tenant, (_, count) -> count == 1 ? null : count - 1);
    }
}
