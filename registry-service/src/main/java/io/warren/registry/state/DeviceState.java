package io.warren.registry.state;

import io.warren.contracts.device.DeviceAddress;
import io.warren.registry.document.DocumentBounds;
import io.warren.registry.document.Documents;
import io.warren.registry.statechange.Side;
import io.warren.registry.statechange.StateChange;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The state of a device, as it is on record. */
final class DeviceState {

    private final DeviceAddress address;
    private Layers layers;
    private VersionedDocument desired;
    private VersionedDocument reported;
    private final Heard heardBefore;
    private Heard heard;
    private @Nullable Instant sendAt;

    DeviceState(
            DeviceAddress address,
            Layers layers,
            VersionedDocument desired,
            VersionedDocument reported,
            Heard heard,
            @Nullable Instant sendAt) {
        this.address = address;
        this.layers = layers;
        this.desired = desired;
        this.reported = reported;
        this.heardBefore = heard;
        this.heard = heard;
        this.sendAt = sendAt;
    }

    /**
     * Has the device be like what these layers make together.
     *
     * @return what changes by that of the desired state, if anything does
     */
    Optional<StateChange> desire(Layers wanted, Instant at, String by) {
        Optional<StateChange> change = change(Side.DESIRED, wanted.together(), at, by);
        layers = wanted;
        return change;
    }

    /**
     * Takes in what the device says has changed of it.
     *
     * @return what changes by that, if anything does
     */
    Optional<StateChange> report(ObjectNode patch, Instant at) {
        return change(Side.REPORTED, Documents.patched(reported.state(), patch), at, "device");
    }

    /**
     * Notes that a message of the device is handled.
     *
     * @param message what tells it from others
     * @param again whether the broker says that it may have been delivered before
     * @return false if it was handled before this state was read, and must not be again
     */
    boolean hear(long message, boolean again, Instant at) {
        if (again && heardBefore.has(message)) {
            return false;
        }
        heard = heard.and(message, at);
        return true;
    }

    /** Has the device told what is desired; {@code at} is when. */
    void send(Instant at) {
        sendAt = at;
    }

    private Optional<StateChange> change(Side side, ObjectNode changed, Instant now, String by) {
        VersionedDocument old = side == Side.DESIRED ? desired : reported;
        ObjectNode patch = Documents.difference(old.state(), changed);
        if (patch.isEmpty()) {
            return Optional.empty();
        }
        DocumentBounds.check(changed);
        // to the precision of the database, and never before what is on record: clocks differ
        Instant at = Stream.concat(Stream.ofNullable(desired.at()), Stream.ofNullable(reported.at()))
                .reduce(now.truncatedTo(ChronoUnit.MICROS), (one, other) -> one.isAfter(other) ? one : other);
        VersionedDocument next = old.next(changed, at);
        if (side == Side.DESIRED) {
            desired = next;
        } else {
            reported = next;
        }
        long number = desired.version() + reported.version();
        return Optional.of(new StateChange(
                address,
                number,
                side,
                next.version(),
                patch,
                Documents.difference(changed, old.state()),
                number % StateChange.WHOLE_EVERY == 0 ? new StateChange.Whole(desired.state(), reported.state()) : null,
                at,
                by));
    }

    DeviceAddress address() {
        return address;
    }

    /** What the desired state is made of. */
    Layers layers() {
        return layers;
    }

    VersionedDocument desired() {
        return desired;
    }

    VersionedDocument reported() {
        return reported;
    }

    boolean inSync() {
        return Documents.missing(desired.state(), reported.state()).isEmpty();
    }

    Heard heard() {
        return heard;
    }

    @Nullable
    Instant sendAt() {
        return sendAt;
    }

    StateView view() {
        return StateView.of(desired, reported, layers);
    }
}
