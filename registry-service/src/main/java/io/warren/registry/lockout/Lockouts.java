package io.warren.registry.lockout;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.warren.contracts.device.DeviceAddress;
import io.warren.platform.peer.PeerAddress;
import io.warren.registry.lockout.Lockout.Subject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.security.web.util.matcher.IpAddressMatcher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Counts failed sign-ins and knows who is locked out. A device is never locked out as such, only at an address; and an address never
 * for those that were let in from there before. Failures are counted by the replica that judged them; lock-outs are known to all.
 */
@Component
public class Lockouts {

    private static final Logger log = LoggerFactory.getLogger(Lockouts.class);
    private static final Duration REMEMBERED = Duration.ofHours(1);

    private final LockoutLedger ledger;
    private final KnownAddresses known;
    private final LockoutProperties properties;
    private final MeterRegistry meters;
    private final Clock clock;
    private final List<IpAddressMatcher> exempt;
    private final Cache<Subject, FailureCount> counts;
    private final Cache<Subject, Lockout> lasting;

    Lockouts(
            LockoutLedger ledger,
            KnownAddresses known,
            LockoutProperties properties,
            MeterRegistry meters,
            Clock clock) {
        this.ledger = ledger;
        this.known = known;
        this.properties = properties;
        this.meters = meters;
        this.clock = clock;
        this.exempt = properties.exempt().stream().map(IpAddressMatcher::new).toList();
        this.counts = Caffeine.newBuilder()
                .maximumSize(properties.cacheSize())
                .expireAfterWrite(REMEMBERED)
                .build();
        this.lasting = Caffeine.newBuilder()
                .maximumSize(properties.cacheSize())
                .expireAfterWrite(properties.longestLock())
                .build();
        Gauge.builder(
                        "warren.signin.locked",
                        () -> lasting.asMap().values().stream()
                                .filter(this::lasts)
                                .count())
                .description("Devices at an address, and addresses, that are locked out")
                .register(meters);
    }

    /**
     * Counts a failure.
     *
     * @param device the device that was tried, if there is such a one
     */
    public void failed(PeerAddress address, @Nullable DeviceAddress device) {
        Subject everyone = new Subject(address, null);
        // who is locked out is not counted: one lock-out, one event
        if (isExempt(address) || lockOf(everyone).isPresent()) {
            return;
        }
        count(everyone, properties.addressFailures());
        if (device != null && lockOf(new Subject(address, device)).isEmpty()) {
            count(new Subject(address, device), properties.deviceFailures());
        }
    }

    /** Notes that a device has shown the right thing over HTTPS: from now on it is known there. */
    public void admitted(PeerAddress address, DeviceAddress device) {
        known.note(device, address);
    }

    /** Until when a device is turned away at an address, whatever it shows; empty if it is not. */
    public Optional<Instant> until(PeerAddress address, DeviceAddress device) {
        Optional<Lockout> its = lockOf(new Subject(address, device));
        if (its.isPresent()) {
            return its.map(Lockout::until);
        }
        return lockOf(new Subject(address, null))
                .filter(_ -> !known.has(device, address))
                .map(Lockout::until);
    }

    /** Takes over a lock-out that another replica found. */
    void adopt(Lockout lockout) {
        if (lasts(lockout)) {
            lasting.put(lockout.subject(), lockout);
        }
    }

    /** Takes over what was found before this replica could hear of it. */
    void adoptAll() {
        ledger.lasting(clock.instant(), properties.cacheSize()).forEach(this::adopt);
    }

    private void count(Subject subject, int limit) {
        Instant now = clock.instant();
        FailureCount count = counts.asMap()
                .compute(
                        subject,
                        (_, before) -> (before == null
                                        ? FailureCount.none(now)
                                        : before.reaches(limit) ? before.locked() : before)
                                .plusOne(now, limit, properties.window()));
        if (count.reaches(limit)) {
            begin(
                    now,
                    new Lockout(subject, limit, now.plus(count.nextLock(properties.lock(), properties.longestLock()))));
        }
    }

    private void begin(Instant now, Lockout lockout) {
        boolean ofAddress = lockout.subject().device() == null;
        lasting.put(lockout.subject(), lockout);
        meters.counter("warren.signin.lockouts", "of", ofAddress ? "address" : "device")
                .increment();
        log.warn(
                "{} is locked out at {} until {}",
                ofAddress ? "Whoever is new" : lockout.subject().device(),
                lockout.subject().address(),
                lockout.until());
        try {
            ledger.enter(lockout, now);
        } catch (DataAccessException | TransactionException e) {
            log.warn("Only this replica knows of the lock-out: {}", e.toString());
        }
    }

    private Optional<Lockout> lockOf(Subject subject) {
        return Optional.ofNullable(lasting.getIfPresent(subject)).filter(this::lasts);
    }

    private boolean lasts(Lockout lockout) {
        return clock.instant().isBefore(lockout.until());
    }

    private boolean isExempt(PeerAddress address) {
        String first = address.text().replace("/64", "");
        return exempt.stream().anyMatch(network -> network.matches(first));
    }
}
