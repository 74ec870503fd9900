package io.warren.telemetry.ingest;

import io.warren.platform.database.DatabaseAway;
import io.warren.telemetry.body.Reason;
import io.warren.telemetry.held.HeldMessages;
import io.warren.telemetry.held.HeldMessages.Due;
import io.warren.telemetry.measurement.Measurements;
import io.warren.telemetry.message.Message;
import io.warren.telemetry.rejection.Rejections;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Moves a message that was held to where it belongs, once, however many replicas are at it. */
@Service
class HeldStorage {

    private final HeldMessages held;
    private final Measurements measurements;
    private final Rejections rejections;
    private final TransactionTemplate transaction;

    HeldStorage(HeldMessages held, Measurements measurements, Rejections rejections, TransactionTemplate transaction) {
        this.held = held;
        this.measurements = measurements;
        this.rejections = rejections;
        this.transaction = transaction;
    }

    /** Stores a message in place of the one that was held; false if somebody else has. */
    boolean store(Due due, Message message) {
        try {
            return move(due, message.withoutStreams(measurements.prepare(message.measurements())));
        } catch (RuntimeException e) {
            if (DatabaseAway.isCauseOf(e)) {
                throw e;
            }
            // a partition may be gone, which is made again; what cannot be stored at all must not stay for ever
            measurements.forgetPartitions();
            measurements.prepare(message.measurements());
            return storeOrRefuse(due, message);
        }
    }

    private boolean storeOrRefuse(Due due, Message message) {
        try {
            return move(due, message);
        } catch (RuntimeException e) {
            if (DatabaseAway.isCauseOf(e)) {
                throw e;
            }
            return move(due, message.refused(Reason.NOT_STORABLE, "The database cannot hold these values."));
        }
    }

    private boolean move(Due due, Message message) {
        return Boolean.TRUE.equals(transaction.execute(_ -> {
            if (!held.remove(due)) {
                return false;
            }
            measurements.add(message.measurements());
            rejections.add(message.rejections().toList());
            return true;
        }));
    }
}
