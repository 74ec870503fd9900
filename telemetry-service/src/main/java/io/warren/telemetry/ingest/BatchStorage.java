package io.warren.telemetry.ingest;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import io.warren.telemetry.directory.DeviceDirectory.Behind;
import io.warren.telemetry.held.HeldMessages;
import io.warren.telemetry.measurement.Measurements;
import io.warren.telemetry.measurement.StreamName;
import io.warren.telemetry.message.Arrivals;
import io.warren.telemetry.message.Message;
import io.warren.telemetry.message.Source;
import io.warren.telemetry.rejection.Rejection;
import io.warren.telemetry.rejection.Rejections;
import io.warren.telemetry.tenant.Amount;
import io.warren.telemetry.tenant.Usage;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Stores a batch: what is good of it, what was refused of it, and the right to do so, all or nothing. */
@Service
class BatchStorage {

    private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();

    private final ShardOwnership ownership;
    private final Measurements measurements;
    private final Rejections rejections;
    private final Usage usage;
    private final HeldMessages held;

    BatchStorage(
            ShardOwnership ownership,
            Measurements measurements,
            Rejections rejections,
            Usage usage,
            HeldMessages held) {
        this.ownership = ownership;
        this.measurements = measurements;
        this.rejections = rejections;
        this.usage = usage;
        this.held = held;
    }

    /** Makes what the batch needs in the database and stays there whatever becomes of the batch. */
    List<Message> prepare(List<Message> batch) {
        List<Message> allowed = judgeStrangers(batch);
        Set<StreamName> tooMany = measurements.prepare(allowed.stream()
                .filter(message -> !message.held())
                .flatMap(message -> message.measurements().stream())
                .toList());
        return tooMany.isEmpty()
                ? allowed
                : allowed.stream()
                        .map(message -> message.withoutStreams(tooMany))
                        .toList();
    }

    /**
     * Has what gateway devices say for devices that are not known to sit behind them wait, or refuses it for want of room. One
     * that waits already does so once, although it is delivered again.
     */
    private List<Message> judgeStrangers(List<Message> batch) {
        Set<Behind> asked =
                batch.stream().flatMap(message -> behind(message).stream()).collect(Collectors.toSet());
        if (asked.isEmpty()) {
            return batch;
        }
        Set<Behind> confirmed = held.confirmed(asked);
        return batch.stream()
                .map(message -> behind(message)
                        .map(each -> judge(message, confirmed.contains(each)))
                        .orElse(message))
                .toList();
    }

    private Message judge(Message message, boolean confirmed) {
        Source.Device gateway = message.source().connection();
        boolean empty = message.measurements().isEmpty();
        if (!empty && message.delivery().redelivered() && held.contains(message.asHeld())) {
            return message.nothingOf(gateway);
        }
        if (confirmed) {
            return message.held(false);
        }
        if (empty && message.refusals().isEmpty()) {
            // another stands for it
            return message.nothingOf(gateway);
        }
        return !empty
                        && held.enter(
                                gateway.tenant(),
                                gateway.device(),
                                message.delivery().body().length)
                ? message.held(true)
                : message.refusedOf(
                        gateway, "The device " + message.source().device() + " does not sit behind this one.");
    }

    private static Optional<Behind> behind(Message message) {
        Source source = message.source();
        return Optional.ofNullable(source.gateway())
                .map(gateway -> new Behind(source.tenant(), source.device(), gateway));
    }

    /** Takes shards over, which for each of them a session does once. */
    @Transactional
    void claim(UUID session, Set<String> queues) {
        ownership.claim(session, queues);
    }

    /** Settles what the readers before may have stored of a batch; to be called once its shards are claimed. */
    List<Message> settle(List<Message> batch) {
        return new Arrivals(measurements).settle(batch);
    }

    /**
     * Stores a batch that has been settled.
     *
     * @param session who does, having claimed its shards
     * @return how many measurements were not there yet
     */
    @Transactional(rollbackFor = ShardOwnership.ShardLost.class)
    int store(UUID session, List<Message> batch) throws ShardOwnership.ShardLost {
        ownership.confirm(
                session,
                batch.stream().map(message -> message.delivery().queue()).collect(Collectors.toSet()));
        batch.stream().filter(Message::held).map(Message::asHeld).forEach(held::add);
        int added = measurements.add(batch.stream()
                .filter(message -> !message.held())
                .flatMap(message -> message.measurements().stream())
                .toList());
        List<Rejection> refused = batch.stream().flatMap(Message::rejections).toList();
        if (!refused.isEmpty()) {
            rejections.add(refused);
        }
        usage.add(batch.stream()
                .map(BatchStorage::amount)
                .collect(toMap(
                        amount -> List.of(amount.tenant(), amount.day(), amount.queue()), identity(), Amount::plus))
                .values());
        return added;
    }

    private static Amount amount(Message message) {
        int measurements = message.measurements().size();
        return new Amount(
                message.source().tenant(),
                LocalDate.ofEpochDay(Math.floorDiv(message.delivery().arrivedMillis(), DAY_MILLIS)),
                message.delivery().queue(),
                1,
                measurements,
                // one that comes again may have been stored already
                measurements == 0 && !message.delivery().redelivered() ? 1 : 0,
                message.delivery().body().length);
    }
}
