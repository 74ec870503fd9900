package io.warren.firmware.deployment;

import io.warren.firmware.downlink.DeviceChannel;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.AmqpException;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Gives the broker what devices are to be told, after the transaction that decided it. What a crash or an absent broker held up
 * is given again; a device knows a repeated job by its deployment.
 */
@Component
class JobDispatch {

    private static final Logger log = LoggerFactory.getLogger(JobDispatch.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int AT_ONCE = 64;

    private final Jobs jobs;
    private final DeviceChannel channel;
    private final Semaphore room = new Semaphore(AT_ONCE);

    JobDispatch(Jobs jobs, DeviceChannel channel) {
        this.jobs = jobs;
        this.channel = channel;
    }

    /** Tells the device in a moment; when too many are under way, the sweep does. */
    void soon(UUID deployment) {
        if (!room.tryAcquire()) {
            return;
        }
        Thread.ofVirtual().name("job-" + deployment).start(() -> {
            try {
                dispatch(deployment);
            } catch (AmqpException | DataAccessException | TransactionException e) {
                log.warn("A job waits for the broker or the database: {}", e.getMessage());
            } finally {
                room.release();
            }
        });
    }

    @Scheduled(fixedDelay = 5_000)
    void sweep() {
        try {
            jobs.overdue(PATIENCE).forEach(this::dispatch);
        } catch (AmqpException | DataAccessException | TransactionException e) {
            log.warn("Jobs wait for the broker or the database: {}", e.getMessage());
        }
    }

    private void dispatch(UUID deployment) {
        jobs.assignment(deployment).ifPresent(assignment -> {
            boolean held = channel.deliver(assignment.address(), assignment.job(), "firmware", "job");
            jobs.announced(deployment, assignment.job().action(), held);
        });
    }
}
