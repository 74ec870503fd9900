package io.warren.registry.diagnostics;

import io.warren.contracts.device.DeviceAddress;
import io.warren.registry.command.CommandQueue;
import io.warren.registry.devicetype.CommandArguments;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Asks devices for bundles, and takes back that it did. */
@Service
class DiagnosticsOrders {

    private final Bundles bundles;
    private final CommandQueue commands;
    private final CommandArguments arguments;
    private final Room room;
    private final Clock clock;

    DiagnosticsOrders(Bundles bundles, CommandQueue commands, CommandArguments arguments, Room room, Clock clock) {
        this.bundles = bundles;
        this.commands = commands;
        this.arguments = arguments;
        this.room = room;
        this.clock = clock;
    }

    /** Asks a device for a bundle, by a command that waits for it as any other does. */
    @Transactional
    DiagnosticsView place(DeviceAddress address, DiagnosticsRequest request) {
        arguments.check(address, UploadEnclosures.COMMAND, request.args());
        room.requireForOrder(address.tenant(), request.mostBytes());
        // in whole seconds, as the address has it; not behind the command's end
        Instant now = clock.instant();
        Instant expiresAt = now.plus(request.lifetime()).truncatedTo(ChronoUnit.SECONDS);
        UUID command = commands.give(address, request.command(UploadEnclosures.COMMAND));
        UUID id = UUID.randomUUID();
        bundles.add(address, id, command, request.mostBytes(), now, expiresAt);
        return bundles.find(address, id).orElseThrow();
    }

    /**
     * Deletes a bundle and what was received of it; its address is good for nothing from then on, and the command that asks for
     * it is called off if the device has not answered.
     *
     * @return whether there was one
     */
    @Transactional
    boolean delete(DeviceAddress address, UUID id) {
        Optional<DiagnosticsView> bundle = bundles.find(address, id);
        // the command first, in the order of whoever deletes a device
        bundle.ifPresent(found -> {
            commands.callOffUnanswered(address, found.command());
            bundles.delete(id);
        });
        return bundle.isPresent();
    }
}
