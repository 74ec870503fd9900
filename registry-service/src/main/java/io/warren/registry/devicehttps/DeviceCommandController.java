package io.warren.registry.devicehttps;

import io.warren.contracts.device.DeviceAddress;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.platform.problem.Violation;
import io.warren.platform.security.Caller;
import io.warren.registry.command.CommandAnswer;
import io.warren.registry.command.CommandMailbox;
import jakarta.validation.Valid;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** A device's own commands: what comes on {@code down/commands} over MQTT is fetched here, and answered. */
@RestController
@RequestMapping("/device/v1/commands")
class DeviceCommandController {

    private static final int LONGEST_WAIT = 60;

    private static final ProblemKind NOT_FOUND =
            new ProblemKind("command-not-found", HttpStatus.NOT_FOUND, "No such command");

    private final CommandMailbox mailbox;
    private final LongPolls polls;

    DeviceCommandController(CommandMailbox mailbox, LongPolls polls) {
        this.mailbox = mailbox;
        this.polls = polls;
    }

    @GetMapping
    ResponseEntity<Fetched> fetch(Caller caller, @RequestParam(required = false) @Nullable Integer wait)
            throws InterruptedException {
        if (wait != null && (wait < 0 || wait > LONGEST_WAIT)) {
            throw new ProblemException(
                    ProblemKind.INVALID,
                    "A parameter is not allowed to be as it is.",
                    List.of(new Violation("wait", "between 0 and " + LONGEST_WAIT + " seconds")));
        }
        DeviceAddress device = caller.requireDevice();
        Duration patience = wait == null ? Duration.ZERO : Duration.ofSeconds(wait);
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .body(new Fetched(polls.until(
                        device.tenant(), () -> mailbox.fetch(device), commands -> !commands.isEmpty(), patience)));
    }

    @PostMapping("/{command}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void answer(Caller caller, @PathVariable UUID command, @RequestBody @Valid CommandAnswer answer) {
        if (!mailbox.answer(caller.requireDevice(), command, answer)) {
            throw new ProblemException(NOT_FOUND, "This device has no such command.");
        }
    }

    /** What a device is to do, in the order in which it was given. */
    record Fetched(List<CommandMailbox.Letter> items) {}
}
