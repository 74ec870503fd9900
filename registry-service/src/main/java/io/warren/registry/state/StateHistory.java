package io.warren.registry.state;

import io.warren.contracts.device.DeviceAddress;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.platform.problem.Violation;
import io.warren.platform.web.Cursor;
import io.warren.platform.web.Page;
import io.warren.registry.RegistryProblems;
import io.warren.registry.statechange.PastChange;
import io.warren.registry.statechange.Side;
import io.warren.registry.statechange.StateChange;
import io.warren.registry.statechange.StateChanges;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** How the states of devices came to be. */
@Service
class StateHistory {

    private final DeviceStates states;
    private final StateChanges changes;
    private final StateProperties properties;
    private final Clock clock;

    StateHistory(DeviceStates states, StateChanges changes, StateProperties properties, Clock clock) {
        this.states = states;
        this.changes = changes;
        this.properties = properties;
        this.clock = clock;
    }

    /**
     * A page of changes of a device, the newest first. It ends early where changes are large.
     *
     * @param below the number that they come before
     * @param limit how many at the most
     */
    @Transactional(readOnly = true)
    Page<PastChange> of(DeviceAddress address, long below, int limit) {
        require(address);
        List<PastChange> page = changes.of(address, below, limit);
        boolean isWhole = page.isEmpty() || page.getLast().isLast();
        return new Page<>(
                page, isWhole ? null : Cursor.after(page.getLast().number()).encode());
    }

    /** The state of a device as it was at a time; one that is still to come shows it as it is. */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    StateView at(DeviceAddress address, Instant time) {
        DeviceState now = require(address);
        Instant today = clock.instant();
        if (!time.isBefore(today)) {
            return now.view();
        }
        if (time.isBefore(today.minus(properties.history()))) {
            throw new ProblemException(
                    ProblemKind.INVALID,
                    "Changes are kept for " + properties.history().toDays() + " days.",
                    List.of(new Violation("at", "a time that history reaches back to")));
        }
        return changes.firstAfter(address, time)
                .map(number -> before(changes.wayBackTo(address, number), now))
                .orElseGet(now::view);
    }

    /**
     * Goes back over changes.
     *
     * @param newestFirst the changes to undo; the first keeps both sides whole, or is the last that there was
     */
    private static StateView before(List<StateChange> newestFirst, DeviceState now) {
        VersionedDocument desired = now.desired();
        VersionedDocument reported = now.reported();
        StateChange last = newestFirst.getFirst();
        StateChange.Whole whole = last.whole();
        if (whole != null) {
            long other = last.number() - last.version();
            boolean isDesired = last.side() == Side.DESIRED;
            desired = new VersionedDocument(isDesired ? last.version() : other, whole.desired(), null);
            reported = new VersionedDocument(isDesired ? other : last.version(), whole.reported(), null);
        }
        for (StateChange change : newestFirst) {
            if (change.side() == Side.DESIRED) {
                desired = desired.before(change);
            } else {
                reported = reported.before(change);
            }
        }
        return StateView.past(desired, reported);
    }

    private DeviceState require(DeviceAddress address) {
        return states.find(address).orElseThrow(() -> RegistryProblems.deviceNotFound(address));
    }
}
