package io.warren.platform.messaging;

import io.warren.platform.database.DatabaseAway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.AmqpConnectException;
import org.springframework.amqp.AmqpIOException;
import org.springframework.amqp.AmqpRejectAndDontRequeueException;
import org.springframework.amqp.AmqpTimeoutException;
import org.springframework.amqp.ImmediateRequeueAmqpException;
import org.springframework.util.ErrorHandler;

/**
 * Decides what becomes of a message that could not be handled: when the database or the broker itself is away or slow it waits in
 * the broker, for as long as that takes; when the message itself is bad it goes to the dead-letter queue at once, not round again.
 */
class ConsumerErrors implements ErrorHandler {

    private static final Logger log = LoggerFactory.getLogger(ConsumerErrors.class);
    private static final long PAUSE_MILLIS = 1_000;

    @Override
    public void handleError(Throwable failure) {
        if (DatabaseAway.isCauseOf(failure) || isBrokerAway(failure)) {
            log.warn("A message waits for the database or the broker: {}", failure.getMessage());
            pause();
            throw new ImmediateRequeueAmqpException("waits for the database or the broker", failure);
        }
        log.error("A message cannot be handled and is set aside", failure);
        throw new AmqpRejectAndDontRequeueException("cannot be handled", failure);
    }

    private static boolean isBrokerAway(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof AmqpTimeoutException
                    || cause instanceof AmqpConnectException
                    || cause instanceof AmqpIOException) {
                return true;
            }
        }
        return false;
    }

    /** Holds up this consumer only: without them it could do nothing with the next message either. */
    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
