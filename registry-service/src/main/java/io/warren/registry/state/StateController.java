package io.warren.registry.state;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.device.DeviceId;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.platform.security.Caller;
import io.warren.platform.web.Cursor;
import io.warren.platform.web.MergePatch;
import io.warren.registry.RegistryProblems;
import io.warren.registry.statechange.PastChange;
import io.warren.registry.statechange.Side;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A device's state over REST. */
@RestController
@RequestMapping("/api/v1/devices/{device}/state")
class StateController {

    /** The tag of a whole state; what is desired is changed on the ground of its version, whatever the device says meanwhile. */
    private static final Pattern TAG = Pattern.compile("\"(\\d+)-\\d+\"");

    private final StateSteering steering;
    private final DeviceStates states;
    private final StateHistory history;

    StateController(StateSteering steering, DeviceStates states, StateHistory history) {
        this.steering = steering;
        this.states = states;
        this.history = history;
    }

    @GetMapping
    ResponseEntity<StateBody> get(Caller caller, @PathVariable DeviceId device) {
        DeviceAddress address = address(caller, device);
        return answer(states.view(address).orElseThrow(() -> RegistryProblems.deviceNotFound(address)));
    }

    @PatchMapping(
            path = "/desired",
            consumes = {MergePatch.MEDIA_TYPE, MediaType.APPLICATION_JSON_VALUE})
    ResponseEntity<StateBody> patch(
            Caller caller,
            @PathVariable DeviceId device,
            @RequestBody JsonNode patch,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        ObjectNode changes = object(patch);
        return answer(steering.desire(
                        address(caller, device),
                        layers -> layers.patched(changes),
                        desiredVersion(ifMatch),
                        caller.subject())
                .view());
    }

    @PutMapping("/desired")
    ResponseEntity<StateBody> put(
            Caller caller,
            @PathVariable DeviceId device,
            @RequestBody JsonNode desired,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        ObjectNode whole = object(desired);
        return answer(steering.desire(
                        address(caller, device),
                        layers -> layers.replaced(whole),
                        desiredVersion(ifMatch),
                        caller.subject())
                .view());
    }

    @GetMapping("/history")
    ResponseEntity<?> history(
            Caller caller,
            @PathVariable DeviceId device,
            @RequestParam(required = false) @Nullable Instant at,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        DeviceAddress address = address(caller, device);
        if (at != null) {
            return ResponseEntity.ok(StateBody.of(history.at(address, at)));
        }
        return ResponseEntity.ok(history.of(address, Cursor.number(cursor, Long.MAX_VALUE), Cursor.limit(limit))
                .map(ChangeView::of));
    }

    private static ResponseEntity<StateBody> answer(StateView state) {
        return ResponseEntity.ok().eTag(state.tag()).body(StateBody.of(state));
    }

    private static @Nullable String desiredVersion(@Nullable String ifMatch) {
        return ifMatch == null ? null : TAG.matcher(ifMatch).replaceAll("\"$1\"");
    }

    private static ObjectNode object(JsonNode body) {
        if (body instanceof ObjectNode object) {
            return object;
        }
        throw new ProblemException(ProblemKind.MALFORMED, "A state, and a merge patch of one, is a JSON object.");
    }

    private static DeviceAddress address(Caller caller, DeviceId device) {
        return new DeviceAddress(caller.requireTenant(), device);
    }

    /**
     * A state as callers see it.
     *
     * @param desired what the device is to be like
     * @param reported what it says it is like
     * @param inSync whether nothing is missing
     * @param delta what is desired and not reported
     */
    record StateBody(SideBody desired, SideBody reported, boolean inSync, JsonNode delta) {

        static StateBody of(StateView state) {
            return new StateBody(
                    SideBody.of(state.desired(), state.own()),
                    SideBody.of(state.reported(), null),
                    state.inSync(),
                    state.delta());
        }
    }

    /**
     * One side of it.
     *
     * @param version how often it has changed
     * @param state the whole of it
     * @param at when it last changed; absent if it never has, and in history
     * @param own of what is desired, what was said of the device itself, with null for what it is not to have; absent if
     *     that is all, and in history
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record SideBody(
            long version,
            JsonNode state,
            @Nullable Instant at,
            @Nullable JsonNode own) {

        static SideBody of(VersionedDocument side, @Nullable JsonNode own) {
            return new SideBody(side.version(), side.state(), side.at(), own);
        }
    }

    /**
     * A change as callers see it.
     *
     * @param side what has changed
     * @param version the version of that side after it
     * @param patch what has changed, as a merge patch
     * @param at when
     * @param by whose doing it is: the caller, or {@code device}
     */
    record ChangeView(Side side, long version, JsonNode patch, Instant at, String by) {

        static ChangeView of(PastChange change) {
            return new ChangeView(change.side(), change.version(), change.patch(), change.at(), change.by());
        }
    }
}
