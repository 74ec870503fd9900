package io.warren.registry.devicehttps;

import io.warren.contracts.device.DeviceAddress;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.platform.security.Caller;
import io.warren.platform.web.MergePatch;
import io.warren.registry.RegistryProblems;
import io.warren.registry.state.DeviceStates;
import io.warren.registry.state.StateReporting;
import io.warren.registry.state.StateReporting.Outcome;
import io.warren.registry.state.StateReporting.Report;
import io.warren.registry.state.StateView;
import io.warren.registry.state.VersionedDocument;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A device's own state: the same as {@code state/get} and {@code state/reported} over MQTT. */
@RestController
@RequestMapping("/device/v1/state")
class DeviceStateController {

    private final DeviceStates states;
    private final StateReporting reporting;

    DeviceStateController(DeviceStates states, StateReporting reporting) {
        this.states = states;
        this.reporting = reporting;
    }

    @GetMapping
    ResponseEntity<OwnState> get(Caller caller) {
        DeviceAddress device = caller.requireDevice();
        StateView state = states.view(device).orElseThrow(() -> RegistryProblems.deviceNotFound(device));
        return ResponseEntity.ok()
                .eTag(state.tag())
                .cacheControl(CacheControl.noCache())
                .body(new OwnState(OwnSide.of(state.desired()), OwnSide.of(state.reported())));
    }

    @PatchMapping(
            path = "/reported",
            consumes = {MergePatch.MEDIA_TYPE, MediaType.APPLICATION_JSON_VALUE})
    Reported report(Caller caller, @RequestBody JsonNode patch) {
        if (!(patch instanceof ObjectNode changes)) {
            throw new ProblemException(ProblemKind.MALFORMED, "A merge patch of a state is a JSON object.");
        }
        // no broker delivers a request again, so any number will do that no message has
        long message = ThreadLocalRandom.current().nextLong();
        Outcome outcome = reporting
                .note(List.of(new Report(caller.requireDevice(), changes, message, false)))
                .getFirst();
        if (outcome.problem() != null) {
            throw outcome.problem();
        }
        return new Reported(outcome.version());
    }

    /**
     * Both sides of a state.
     *
     * @param desired what the device is to be like
     * @param reported what it said that it is like
     */
    record OwnState(OwnSide desired, OwnSide reported) {}

    /**
     * One side of it.
     *
     * @param version how often it has changed
     * @param state the whole of it
     */
    record OwnSide(long version, JsonNode state) {

        static OwnSide of(VersionedDocument side) {
            return new OwnSide(side.version(), side.state());
        }
    }

    /** The version of what the device reports, after its report. */
    record Reported(long version) {}
}
