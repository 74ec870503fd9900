package io.warren.registry.command;

import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.device.TenantId;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Waiting for the end of a command. An answer that this replica takes in is seen at once; one that another takes in, at the next
 * look into the table.
 */
@Component
class CommandWaiting {

    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    /** Each holds a connection of the gateway, which has 200 to this service and needs some for everybody else. */
    private static final int MOST_WAITING = 100;

    /** One tenant's share, so that it does not keep the others from waiting. */
    private static final int MOST_WAITING_OF_A_TENANT = 20;

    private final Commands commands;
    private final Semaphore places = new Semaphore(MOST_WAITING);
    private final Map<TenantId, Integer> waiting = new ConcurrentHashMap<>();
    private final Map<UUID, Semaphore> changes = new ConcurrentHashMap<>();

    CommandWaiting(Commands commands) {
        this.commands = commands;
    }

    /**
     * Takes a place among those who wait, before there is anything to wait for: whoever is told to come back must not have given a
     * command already.
     *
     * @throws ProblemException if too many are waiting already
     */
    Place enter(TenantId tenant) {
        int ofTenant = waiting.merge(tenant, 1, Integer::sum);
        if (ofTenant > MOST_WAITING_OF_A_TENANT || !places.tryAcquire()) {
            forget(tenant);
            throw new ProblemException(
                    ProblemKind.UNAVAILABLE, "Too many callers are waiting for commands.", Duration.ofSeconds(5));
        }
        return new Place(tenant);
    }

    private void leave(TenantId tenant) {
        places.release();
        forget(tenant);
    }

    private void forget(TenantId tenant) {
        waiting.computeIfPresent(tenant, (_, count) -> count == 1 ? null : count - 1);
    }

    private Optional<Command> awaitWithin(DeviceAddress address, UUID id, Duration time) throws InterruptedException {
        Semaphore changed = changes.computeIfAbsent(id, _ -> new Semaphore(0));
        try {
            long end = System.nanoTime() + time.toNanos();
            while (true) {
                Optional<Command> command = commands.find(address, id);
                long left = end - System.nanoTime();
                if (command.isEmpty() || command.get().isFinal() || left <= 0) {
                    return command;
                }
                if (changed.tryAcquire(Math.min(left, LOOK_EVERY.toNanos()), TimeUnit.NANOSECONDS)) {
                    changed.drainPermits();
                }
            }
        } finally {
            changes.remove(id, changed);
        }
    }

    @TransactionalEventListener
    void finished(CommandNews.Finished commands) {
        for (UUID id : commands.ids()) {
            Semaphore changed = changes.get(id);
            if (changed != null) {
                changed.release();
            }
        }
    }

    /** The place of one who waits, until it is closed. */
    final class Place implements AutoCloseable {

        private final TenantId tenant;

        private Place(TenantId tenant) {
            this.tenant = tenant;
        }

        /**
         * Waits until a command is finished, or the time is over.
         *
         * @return the command as it is then; empty if there is none
         */
        Optional<Command> await(DeviceAddress address, UUID id, Duration time) throws InterruptedException {
            return awaitWithin(address, id, time);
        }

        @Override
        public void close() {
            leave(tenant);
        }
    }
}
