package io.warren.provisioning.bruteforce;

import io.warren.contracts.device.DeviceAddress;
import io.warren.platform.peer.PeerAddress;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Turns away whoever failed too often, before anybody looks at what he shows. A device is never locked out as such, only at an address;
 * an address never for the devices that were let in from there before; and an enrolment never: while it is attacked, new addresses
 * have less room.
 */
@Component
public class BruteForceGuard {

    private static final Logger log = LoggerFactory.getLogger(BruteForceGuard.class);
    private static final ProblemKind TOO_MANY =
            new ProblemKind("too-many-attempts", HttpStatus.TOO_MANY_REQUESTS, "Too many failed attempts");

    private final Lockouts lockouts;
    private final KnownAddresses known;
    private final FailureLedger ledger;
    private final RefusalHold hold;
    private final Clock clock;

    BruteForceGuard(Lockouts lockouts, KnownAddresses known, FailureLedger ledger, RefusalHold hold, Clock clock) {
        this.lockouts = lockouts;
        this.known = known;
        this.ledger = ledger;
        this.hold = hold;
        this.clock = clock;
    }

    /**
     * Lets an attempt pass that nothing is held against.
     *
     * @throws ProblemException of kind {@code too-many-attempts}, with {@code Retry-After}, as long as a lock-out lasts
     */
    public void check(Attempt attempt) {
        Optional<Instant> until = lockOut(attempt);
        if (until.isPresent()) {
            throw new ProblemException(
                    TOO_MANY,
                    "Too many attempts failed; what is shown is not looked at for a while.",
                    wait(until.get()));
        }
    }

    /** Whether something is held against an attempt, so that it is to be turned away without a look at what it shows. */
    public boolean isLockedOut(Attempt attempt) {
        return lockOut(attempt).isPresent();
    }

    /** Counts an attempt whose proof was none. */
    public void count(Attempt attempt) {
        try {
            ledger.count(attempt);
        } catch (DataAccessException | TransactionException e) {
            log.warn("A failed attempt is not counted: {}", e.toString());
        }
    }

    /** Counts an attempt whose proof was none, and holds the answer to it back. */
    public void failed(Attempt attempt) {
        count(attempt);
        hold.hold();
    }

    /** Holds back the answer to a device that has proven itself and is turned away. */
    public void turnedAway() {
        hold.hold();
    }

    private Optional<Instant> lockOut(Attempt attempt) {
        Optional<PeerAddress> peer = attempt.peer();
        Optional<DeviceAddress> device = attempt.named();
        Optional<Instant> its = device.flatMap(named -> lockouts.until(Suspect.device(named, peer.orElse(null))));
        return its.isPresent()
                ? its
                : peer.flatMap(address -> lockouts.until(Suspect.address(address)))
                        .filter(_ -> device.isEmpty() || !isKnown(device.get(), attempt));
    }

    private boolean isKnown(DeviceAddress device, Attempt attempt) {
        return attempt.address() != null && known.has(attempt.address(), device);
    }

    /** Until the lock-out is over, and up to half as long again, so that not all of them come back at once. */
    private Duration wait(Instant until) {
        long millis = Math.max(1_000, Duration.between(clock.instant(), until).toMillis());
        return Duration.ofMillis(millis + ThreadLocalRandom.current().nextLong(millis / 2));
    }
}
