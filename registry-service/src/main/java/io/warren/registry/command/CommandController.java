package io.warren.registry.command;

import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.device.DeviceId;
import io.warren.platform.problem.ProblemBodies;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.platform.problem.Violation;
import io.warren.platform.security.Caller;
import io.warren.platform.trace.TraceContext;
import io.warren.platform.web.Cursor;
import io.warren.platform.web.NewestFirst;
import io.warren.platform.web.Page;
import io.warren.registry.device.Devices;
import io.warren.registry.devicetype.CommandArguments;
import jakarta.validation.Valid;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** A device's commands over REST. */
@RestController
@RequestMapping("/api/v1")
class CommandController {

    private static final int LONGEST_WAIT = 60;
    private static final int LONGEST_KEY = 100;

    private static final ProblemKind NOT_FOUND =
            new ProblemKind("command-not-found", HttpStatus.NOT_FOUND, "No such command");

    private static final ProblemKind UNANSWERED =
            new ProblemKind("command-unanswered", HttpStatus.GATEWAY_TIMEOUT, "The device has not finished");

    private final CommandQueue queue;
    private final Commands commands;
    private final CommandWaiting waiting;
    private final Devices devices;
    private final CommandArguments arguments;

    CommandController(
            CommandQueue queue,
            Commands commands,
            CommandWaiting waiting,
            Devices devices,
            CommandArguments arguments) {
        this.queue = queue;
        this.commands = commands;
        this.waiting = waiting;
        this.devices = devices;
        this.arguments = arguments;
    }

    @PostMapping("/devices/{device}/commands")
    ResponseEntity<?> post(
            Caller caller,
            @PathVariable DeviceId device,
            @RequestBody @Valid CommandRequest request,
            @RequestParam(required = false) @Nullable Integer wait,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String idempotencyKey)
            throws InterruptedException {
        check(request, wait, idempotencyKey);
        DeviceAddress address = address(caller, device);
        arguments.check(address, request.name(), request.args());
        Supplier<Command> giving =
                () -> queue.give(address, request.name(), request.args(), request.lifetime(), idempotencyKey);
        if (wait == null || wait == 0) {
            Command command = giving.get();
            return ResponseEntity.created(location(device, command.id())).body(command.view());
        }
        try (CommandWaiting.Place place = waiting.enter(address.tenant())) {
            UUID id = giving.get().id();
            Command last = place.await(address, id, Duration.ofSeconds(wait)).orElseThrow(() -> notFound(id));
            return answer(last, location(device, id));
        }
    }

    private static ResponseEntity<?> answer(Command command, URI location) {
        if (command.isFinal()) {
            return ResponseEntity.ok().location(location).body(command.view());
        }
        return ResponseEntity.status(UNANSWERED.status()).location(location).body(unanswered(command, location));
    }

    private static URI location(DeviceId device, UUID command) {
        return URI.create("/api/v1/devices/" + device + "/commands/" + command);
    }

    @GetMapping("/devices/{device}/commands")
    Page<Command.CommandView> list(
            Caller caller,
            @PathVariable DeviceId device,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        DeviceAddress address = address(caller, device);
        devices.require(address);
        int size = Cursor.limit(limit);
        return Page.of(
                        commands.of(address, NewestFirst.byId(Cursor.decode(cursor, 2)), size + 1),
                        size,
                        command -> Cursor.after(command.createdAt(), command.id()))
                .map(Command::view);
    }

    /** The commands that a job gave, in the order in which it gave them. */
    @GetMapping("/commands")
    Page<Command.CommandView> listBatch(
            Caller caller,
            @RequestParam UUID batch,
            @RequestParam(required = false) @Nullable CommandState state,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        int size = Cursor.limit(limit);
        return Page.of(
                        commands.ofBatch(caller.requireTenant(), batch, state, Cursor.number(cursor, 0), size + 1),
                        size,
                        command -> Cursor.after(command.number()))
                .map(Command::view);
    }

    @GetMapping("/devices/{device}/commands/{command}")
    Command.CommandView get(Caller caller, @PathVariable DeviceId device, @PathVariable UUID command) {
        DeviceAddress address = address(caller, device);
        devices.require(address);
        return commands.find(address, command)
                .orElseThrow(() -> notFound(command))
                .view();
    }

    @PostMapping("/devices/{device}/commands/{command}:cancel")
    Command.CommandView cancel(Caller caller, @PathVariable DeviceId device, @PathVariable UUID command) {
        DeviceAddress address = address(caller, device);
        devices.require(address);
        return queue.cancel(address, command)
                .orElseThrow(() -> notFound(command))
                .view();
    }

    private static void check(CommandRequest request, @Nullable Integer wait, @Nullable String idempotencyKey) {
        if (wait != null && (wait < 0 || wait > LONGEST_WAIT)) {
            throw invalid("wait", "between 0 and " + LONGEST_WAIT + " seconds");
        }
        if (idempotencyKey != null && (idempotencyKey.isBlank() || idempotencyKey.length() > LONGEST_KEY)) {
            throw invalid("Idempotency-Key", "between 1 and " + LONGEST_KEY + " characters");
        }
        request.requireSmallArgs();
    }

    private static ProblemDetail unanswered(Command command, URI location) {
        ProblemDetail body = ProblemBodies.of(new ProblemException(
                UNANSWERED,
                "The command is " + command.view().state().wireName() + "; it goes on without you waiting."));
        body.setProperty("command", command.view());
        ProblemBodies.complete(body, UNANSWERED.status(), location.toString(), TraceContext.current());
        return body;
    }

    private static ProblemException invalid(String place, String detail) {
        return new ProblemException(
                ProblemKind.INVALID,
                "Some fields are not allowed to be as they are.",
                List.of(new Violation(place, detail)));
    }

    private static ProblemException notFound(UUID command) {
        return new ProblemException(NOT_FOUND, "The device has no command " + command + ".");
    }

    private static DeviceAddress address(Caller caller, DeviceId device) {
        return new DeviceAddress(caller.requireTenant(), device);
    }
}
