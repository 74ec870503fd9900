package io.warren.telemetry.diagnostics;

import io.warren.platform.database.DatabaseAway;
import io.warren.telemetry.activity.HeardDevices;
import io.warren.telemetry.body.Reason;
import io.warren.telemetry.directory.DeviceDirectory.Behind;
import io.warren.telemetry.held.HeldMessages;
import io.warren.telemetry.held.HeldMessages.Due;
import io.warren.telemetry.rejection.DeviceNotices;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** All that is done about messages that have been read: they are stored, and then told about. */
@Component
class DiagnosticIntake {

    private static final Logger log = LoggerFactory.getLogger(DiagnosticIntake.class);

    private final DiagnosticTables tables;
    private final DiagnosticStorage storage;
    private final HeldMessages held;
    private final DeviceNotices notices;
    private final HeardDevices heard;

    DiagnosticIntake(
            DiagnosticTables tables,
            DiagnosticStorage storage,
            HeldMessages held,
            DeviceNotices notices,
            HeardDevices heard) {
        this.tables = tables;
        this.storage = storage;
        this.held = held;
        this.notices = notices;
        this.heard = heard;
    }

    void take(String queue, List<DiagnosticMessage> read) {
        if (read.isEmpty()) {
            return;
        }
        List<DiagnosticMessage> messages = withoutStrangers(read);
        try {
            store(queue, messages);
        } catch (RuntimeException e) {
            if (DatabaseAway.isCauseOf(e)) {
                throw e;
            }
            // another replica may have dropped a partition, or one message spoils it for all
            tables.forget();
            messages.forEach(message -> storeAlone(queue, message));
        }
        messages.forEach(this::tell);
    }

    private void store(String queue, List<DiagnosticMessage> messages) {
        tables.prepare(messages);
        storage.store(queue, messages);
    }

    private void storeAlone(String queue, DiagnosticMessage message) {
        try {
            store(queue, List.of(message));
        } catch (RuntimeException e) {
            if (DatabaseAway.isCauseOf(e)) {
                throw e;
            }
            log.warn("A message passed every check and is refused by the database", e);
            refuse(queue, message);
        }
    }

    /** A refusal that cannot be kept must not take the others of its batch with it. */
    private void refuse(String queue, DiagnosticMessage message) {
        try {
            store(queue, List.of(message.refused(Reason.NOT_STORABLE, "The database cannot hold this.")));
        } catch (RuntimeException e) {
            if (DatabaseAway.isCauseOf(e)) {
                throw e;
            }
            log.error(
                    "A refusal on {} cannot be kept, and is given up",
                    message.topic().asMqtt(),
                    e);
        }
    }

    /** Stores a message that was held or, if its device is still not known behind the gateway, that it is refused. */
    void takeHeld(Due due, DiagnosticMessage read) {
        DiagnosticMessage message = due.confirmed() ? read : read.refusedOfGateway();
        try {
            move(due, message);
        } catch (RuntimeException e) {
            if (DatabaseAway.isCauseOf(e)) {
                throw e;
            }
            // another replica may have dropped a partition
            tables.forget();
            moveOrRefuse(due, message);
        }
    }

    private void moveOrRefuse(Due due, DiagnosticMessage message) {
        try {
            move(due, message);
        } catch (RuntimeException e) {
            if (DatabaseAway.isCauseOf(e) || message.isEmpty()) {
                throw e;
            }
            log.warn("A message passed every check and is refused by the database", e);
            move(due, message.refused(Reason.NOT_STORABLE, "The database cannot hold this."));
        }
    }

    private void move(Due due, DiagnosticMessage message) {
        tables.prepare(List.of(message));
        if (storage.store(due, message)) {
            tell(message);
        }
    }

    /** Has what gateway devices say for devices that are not known to sit behind them wait, or refuses it for want of room. */
    private List<DiagnosticMessage> withoutStrangers(List<DiagnosticMessage> messages) {
        Set<Behind> asked =
                messages.stream().flatMap(message -> behind(message).stream()).collect(Collectors.toSet());
        if (asked.isEmpty()) {
            return messages;
        }
        Set<Behind> confirmed = held.confirmed(asked);
        return messages.stream()
                .map(message -> behind(message)
                                .filter(each -> !confirmed.contains(each))
                                .isPresent()
                        ? heldOrRefused(message)
                        : message)
                .toList();
    }

    private DiagnosticMessage heldOrRefused(DiagnosticMessage message) {
        if (message.isEmpty() && message.refusals().isEmpty()) {
            return message.ofGateway(); // another stands for it
        }
        if (message.isEmpty() || !held.enter(message.tenant(), message.connection(), message.body().length)) {
            return message.refusedOfGateway();
        }
        // one that comes again may wait already: to store it twice changes nothing
        return message.asWaiting(message.asHeld());
    }

    private static Optional<Behind> behind(DiagnosticMessage message) {
        return Optional.ofNullable(message.topic().route().gateway())
                .map(gateway -> new Behind(
                        message.tenant(), message.topic().address().device().value(), gateway.value()));
    }

    private void tell(DiagnosticMessage message) {
        notices.tell(message.tenant(), message.connection(), message.topic().asMqtt(), message.refusals());
        heard.note(message.tenant(), message.sender(), message.arrivedMillis());
        if (!Objects.equals(message.sender(), message.connection())) {
            heard.note(message.tenant(), message.connection(), message.arrivedMillis());
        }
    }
}
